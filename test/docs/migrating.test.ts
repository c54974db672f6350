import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

/** The table's rows, each the texts in backticks of its cells. */
function rowsUnder(head: string): string[][] {
  const [, rows = ''] = readFileSync('docs/migrating.md', 'utf8').split(`${head}\n`);
  const lines = rows.split('\n').slice(1);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines
    .slice(0, end)
    .map((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text.replaceAll('\\|', '|')));
}

const OTHERWISE = rowsUnder('| template | Tera | here | so |');

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

let sessions = 0;
/** The text that this template makes; of one that is refused the code. */
async function made(text: string): Promise<string> {
  sessions += 1;
  const name = `migrated-${sessions}`;
  const body = { session_id: name, template: `<svg><text>${text}</text></svg>`, args: { xs: [1, 2], empty: [] } };
  const created = await call(app.url, 'POST', '/api/session', body);
  if (created.status !== 201) return created.body.code;
  const { text: svg } = await call(app.url, 'GET', `/snapshot/${name}`);
  return /<text>(.*)<\/text>/.exec(svg)?.[1] ?? svg;
}

describe('docs/migrating.md', () => {
  test('has a table of templates', () => {
    expect(OTHERWISE.length).toBeGreaterThan(2);
  });

  test.each(OTHERWISE)('%s, in Tera %s, gives %s', async (template = '', _tera, here = '') => {
    expect(await made(template)).toBe(here);
  });

  test.each([
    ['{% include "x" %}', 'TEMPLATE_ERROR'],
    ['{% import "x" as y %}', 'TEMPLATE_ERROR'],
    ['{% extends "x" %}', 'TEMPLATE_ERROR'],
    ['{{ get_env(name="HOME") }}', 'TEMPLATE_ERROR'],
    ['{{ "x" | safe }}', 'TEMPLATE_ERROR'],
    ['{{ __tera_context }}', ''],
  ])('%s gives "%s", as it says', async (template, outcome) => {
    expect(await made(template)).toBe(outcome);
  });
});
