import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createSnippet, imageSnippet, markdownSnippet, pushSnippet } from '../../src/console/snippets.ts';
import { sessionPath } from '../../src/sessions/session-id.ts';

const BASE = 'http://127.0.0.1:3000';
const HOSTILE_NAMES = [`it's`, '$(touch x)`y`', 'a b?c#d%', '"><script>', ') ![', '🎉'.repeat(128), '\\n', '*!*'];

/** What a shell hands to `curl`, one argument per line. */
function curlArguments(command: string): string[] {
  const script = `curl() { for each in "$@"; do printf '%s\\n' "$each"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

describe.each(HOSTILE_NAMES)('a session named %j', (name) => {
  const id = { owner: null, name };

  test('is pushed to by a command that a shell reads as it is meant', () => {
    const [method, verb, url, ...rest] = curlArguments(pushSnippet(BASE, id, { text: `it's "${name}"` }));
    expect([method, verb]).toEqual(['-X', 'PATCH']);
    expect(decodeURIComponent(new URL(url ?? '').pathname)).toBe(`/api/session/${name}`);
    expect(rest.slice(0, 3)).toEqual(['-H', 'Content-Type: application/json', '-d']);
    expect(JSON.parse(rest[3] ?? '')).toEqual({ args: { text: `it's "${name}"` } });
  });

  test('is embedded by an image tag that no name can leave', () => {
    const snippet = imageSnippet(BASE, id);
    expect(snippet).toMatch(/^<img src="[^"<>\s]+" alt="[^"<>]+">$/);
  });

  test('stands in Markdown as one linked picture', () => {
    const [, snapshot, page] = /^\[!\[.*\]\(([^()\s]+)\)\]\(([^()\s]+)\)$/s.exec(markdownSnippet(BASE, id)) ?? [];
    expect(decodeURIComponent(snapshot ?? '')).toBe(`${BASE}/snapshot/${name}`);
    expect(decodeURIComponent(page ?? '')).toBe(`${BASE}/session/${name}`);
  });
});

test('an owned session is embedded under its owner', () => {
  const id = { owner: 'alice', name: 'chart 1' };
  expect(imageSnippet(BASE, id)).toBe(`<img src="${BASE}/stream/${sessionPath(id)}" alt="alice/chart 1">`);
});

test('the first step creates the session that the next steps use', () => {
  expect(createSnippet(BASE, 'my-picture-abc')).toContain('session_id: "my-picture-abc"');
  expect(createSnippet(BASE, 'my-picture-abc')).toContain(`curl ${BASE}/api/session \\\n`);
});
