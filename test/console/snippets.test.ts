import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  examplePush,
  imageSnippet,
  markdownSnippet,
  pushSnippet,
  subscriptionSnippet,
} from '../../src/console/app/share/snippets.ts';

const BASE = 'http://127.0.0.1:3000';
const HOSTILE_NAMES = [`it's`, '$(touch x)`y`', 'a b?c#d%', '"><script>', ') ![', '🎉'.repeat(128), '\\n', '*!*'];

/** What a shell hands to `curl`, one argument per line. */
function curlArguments(command: string): string[] {
  const script = `curl() { for each in "$@"; do printf '%s\\n' "$each"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { KEY: 'rsvg_secret' } })
    .trimEnd()
    .split('\n');
}

describe.each(HOSTILE_NAMES)('a session named %j', (name) => {
  test('is pushed to by a command that a shell reads as it is meant', () => {
    const [method, verb, url, ...rest] = curlArguments(pushSnippet(BASE, name, { text: `it's "${name}"` }));
    expect([method, verb]).toEqual(['-X', 'PATCH']);
    expect(decodeURIComponent(new URL(url ?? '').pathname)).toBe(`/api/session/${name}`);
    expect(rest.slice(0, 3)).toEqual(['-H', 'Content-Type: application/json', '-d']);
    expect(JSON.parse(rest[3] ?? '')).toEqual({ args: { text: `it's "${name}"` } });
  });

  test('is embedded by an image tag that no name can leave', () => {
    expect(imageSnippet(BASE, name)).toMatch(/^<img src="[^"<>\s]+" alt="[^"<>]+">$/);
  });

  test('stands in Markdown as one linked picture', () => {
    const [, snapshot, page] = /^\[!\[.*\]\(([^()\s]+)\)\]\(([^()\s]+)\)$/s.exec(markdownSnippet(BASE, name)) ?? [];
    expect(decodeURIComponent(snapshot ?? '')).toBe(`${BASE}/snapshot/${name}`);
    expect(decodeURIComponent(page ?? '')).toBe(`${BASE}/session/${name}`);
  });

  test('is watched by a subscription of the schema', () => {
    const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
    const document = parse(subscriptionSnippet(name));
    expect(validate(schema, document)).toEqual([]);
    expect(JSON.stringify(document)).toContain(JSON.stringify({ kind: 'StringValue', value: name }).slice(1, -1));
  });
});

test('an owned session is embedded under its owner, and pushed to with a key', () => {
  expect(imageSnippet(BASE, 'alice/chart 1')).toBe(`<img src="${BASE}/stream/alice/chart%201" alt="alice/chart 1">`);
  const [, , url, ...headers] = curlArguments(pushSnippet(BASE, 'alice/chart 1', { a: 1 }));
  expect(url).toBe(`${BASE}/api/user/alice/session/chart%201`);
  expect(headers).toContain('Authorization: Bearer rsvg_secret');
});

test.each([
  [{ list: [1], price: 41 }, { price: 42 }],
  [{ on: true }, { on: false }],
  [{ fill: '#ff0000' }, { fill: '#f472b6' }],
  [{ text: 'a' }, { text: 'Hello from curl' }],
  [{}, { message: 'Hello from curl' }],
])('args %j are pushed to with something that shows: %j', (args, push) => {
  expect(examplePush(args)).toEqual(push);
});
