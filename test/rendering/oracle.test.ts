import nunjucks from 'nunjucks';
import { describe, expect, test } from 'vitest';
import type { Case } from './oracle/case.ts';
import { OPERATORS, TESTS } from './oracle/expressions.ts';
import { filterProducts } from './oracle/filter-products.ts';
import { LIST_FILTERS, MARKUP_FILTERS, TEXT_FILTERS } from './oracle/filters.ts';
import { CONDITIONS, LOOPS, MACROS, OUTPUT, SETS } from './oracle/language.ts';
import { COLLECTIONS, INLINE_IFS, NUMBERS, STRINGS } from './oracle/literals.ts';
import { PROGRAM_MACROS, randomPrograms } from './oracle/random-programs.ts';
import { CALLS, SCOPES } from './oracle/scopes.ts';
import { FORS, IFS } from './oracle/tags.ts';
import { WHITESPACE } from './oracle/whitespace.ts';
import { compilePlain } from './plain.ts';

const stock = new nunjucks.Environment([], { autoescape: true });
const limits = { maxSteps: 100_000, maxOut: 1024 * 1024 };

const byStock = ([template, args = {}]: Case): string => stock.renderString(template, structuredClone(args));
const byUs = ([template, args = {}]: Case): string => compilePlain(template).evaluate(args, limits).text;

const CORPUS = {
  ...{ OUTPUT, WHITESPACE, NUMBERS, STRINGS, COLLECTIONS, INLINE_IFS, OPERATORS, TESTS },
  ...{ CONDITIONS, IFS, LOOPS, FORS, SETS, SCOPES, MACROS, CALLS },
  ...{ TEXT_FILTERS, MARKUP_FILTERS, LIST_FILTERS },
};

describe.each(Object.entries(CORPUS))('the bytes of stock nunjucks: %s', (_, cases: readonly Case[]) => {
  test.each(cases.map(([template, args]) => ({ template, args: args ?? {} })))('$template', ({ template, args }) => {
    const copy = structuredClone(args);
    expect(byUs([template, args])).toBe(byStock([template, args]));
    expect(args).toEqual(copy);
  });
});

test('the corpus keeps its size, and says nothing twice', () => {
  const all = Object.values(CORPUS).flat();
  const written = all.map((one) => JSON.stringify(one));
  expect(written.filter((one, i) => written.indexOf(one) < i)).toEqual([]);
  expect(all.length).toBe(1296);
});

/** null: it failed. Stock fails in ways that are none of ours. */
function attempt(render: () => string): string | null {
  try {
    return render();
  } catch {
    return null;
  }
}

/** What stock renders: how much of it we refuse, and what we render differently. */
function compare(cases: Iterable<Case>) {
  const rendered = [...cases].flatMap((one) => {
    const expected = attempt(() => byStock(one));
    return expected === null ? [] : [{ one, expected, actual: attempt(() => byUs(one)) }];
  });
  return {
    rendered: rendered.length,
    refused: rendered.filter(({ actual }) => actual === null).map(({ one }) => one[0]),
    different: rendered.filter(({ expected, actual }) => actual !== null && actual !== expected),
  };
}

test('every filter of nunjucks has the same bytes on odd inputs with odd arguments', { timeout: 60_000 }, () => {
  // A seventh of them: of each input and each list of arguments every filter has other ones.
  const sample = [...filterProducts()].filter((_, i) => i % 7 === 3);
  const { rendered, refused, different } = compare(sample);
  expect({ refused, different }).toEqual({ refused: [], different: [] });
  expect(rendered).toBe(3730);
});

test('random programs of all tags inside one another have the same bytes', { timeout: 60_000 }, () => {
  const { rendered, refused, different } = compare(randomPrograms(20261121, 600));
  expect(different).toEqual([]);
  // A macro that is never defined must not be called, not even where it is never come to.
  expect(refused.filter((template) => template.startsWith(PROGRAM_MACROS))).toEqual([]);
  expect(rendered).toBe(401);
});
