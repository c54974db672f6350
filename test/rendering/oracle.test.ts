import nunjucks from 'nunjucks';
import { describe, expect, test } from 'vitest';
import { OPERATORS, TESTS } from './oracle/expressions.ts';
import { LIST_FILTERS, MARKUP_FILTERS, TEXT_FILTERS } from './oracle/filters.ts';
import { CONDITIONS, LOOPS, MACROS, OUTPUT, SETS } from './oracle/language.ts';
import { compilePlain } from './plain.ts';

const stock = new nunjucks.Environment([], { autoescape: true });
const limits = { maxSteps: 100_000, maxOut: 1024 * 1024 };

const CORPUS = {
  OUTPUT,
  CONDITIONS,
  LOOPS,
  SETS,
  MACROS,
  OPERATORS,
  TESTS,
  TEXT_FILTERS,
  MARKUP_FILTERS,
  LIST_FILTERS,
};

describe.each(Object.entries(CORPUS))('the bytes of stock nunjucks: %s', (_, cases) => {
  test.each(cases.map(([template, args]) => ({ template, args: args ?? {} })))('$template', ({ template, args }) => {
    const copy = structuredClone(args);
    expect(compilePlain(template).evaluate(args, limits).text).toBe(
      stock.renderString(template, structuredClone(args)),
    );
    expect(args).toEqual(copy);
  });
});
