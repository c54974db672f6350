import { readFileSync } from 'node:fs';
import nunjucks from 'nunjucks';
import { describe, expect, test } from 'vitest';
import { compilePlain } from './plain.ts';

const PEOPLE = [
  { name: 'Ann', team: 'x' },
  { name: 'Bob', team: 'y' },
  { name: 'Cid', team: 'x' },
];
const stock = new nunjucks.Environment([], { autoescape: true });
const args = () => ({ people: structuredClone(PEOPLE) });

const docs = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');

/** What a cell of the table says a template gives: "error", "nothing" or the text itself, as code. */
const plain = (cell: string): string => {
  const unescaped = cell.replaceAll('\\|', '|');
  const code = /^(`+) ?(.*?) ?\1$/s.exec(unescaped);
  return code === null ? unescaped : code[1] === '`' ? unescaped.slice(1, -1) : (code[2] as string);
};

const rows = docs
  .split('\n')
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter((cells) => cells.length === 6 && /^`+ ?\{/.test(cells[1] as string))
  .map(([, construct, inNunjucks, , here]) => ({
    construct: plain(construct as string),
    inNunjucks: plain(inNunjucks as string),
    here: plain(here as string),
  }));

const outcome = (render: () => string): string => {
  try {
    return render() || 'nothing';
  } catch {
    return 'error';
  }
};

describe('the table of languages in the docs', () => {
  test('has its rows, and says what "people" is', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(docs).toContain(JSON.stringify(PEOPLE).replaceAll('"', ''));
  });

  test.each(rows)('$construct', ({ construct, inNunjucks, here }) => {
    const limits = { maxSteps: 100_000, maxOut: 100_000 };
    expect(outcome(() => compilePlain(construct).evaluate(args(), limits).text)).toBe(here);
    expect(outcome(() => stock.renderString(construct, args()))).toBe(inNunjucks);
    // What nunjucks gives wins, unless it is an error or a keyword argument that nunjucks takes for a value.
    if (inNunjucks !== 'error' && !/\(\w+=/.test(construct)) expect(here).toBe(inNunjucks);
  });
});
