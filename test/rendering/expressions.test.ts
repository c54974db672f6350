import fc from 'fast-check';
import nunjucks from 'nunjucks';
import { expect, test } from 'vitest';
import { compilePlain } from './plain.ts';

test('any expression that stock nunjucks evaluates has the same bytes', () => {
  const args = { a: 3, b: 'x<y', c: [1, 2, 'z'], d: { k: 1 }, n: null, f: false, s: '12', m: -2.5 };
  const atom = fc.constantFrom(
    '1',
    '0',
    '3.5',
    '"a"',
    '"12"',
    '""',
    'a',
    'b',
    'c',
    'd',
    'n',
    'f',
    's',
    'm',
    'missing',
    '[1, 2]',
    'd.k',
    'c[0]',
  );
  const operator = fc.constantFrom(
    ...[
      '+',
      '-',
      '*',
      '/',
      '%',
      '//',
      '**',
      '~',
      '==',
      '!=',
      '===',
      '!==',
      '<',
      '>',
      '<=',
      '>=',
      'and',
      'or',
      'in',
      'not in',
    ],
  );
  const filter = fc.constantFrom(
    ...[
      'upper',
      'length',
      'abs',
      'int',
      'float',
      'round',
      'first',
      'last',
      'join("-")',
      'default("D")',
      'title',
      'dump',
    ],
    ...[
      'replace("1", "x")',
      'truncate(2)',
      'center(6)',
      'batch(2)',
      'slice(2)',
      'd("z", true)',
      'striptags',
      'urlencode',
    ],
  );
  const test = fc.constantFrom(
    'defined',
    'odd',
    'number',
    'string',
    'null',
    'truthy',
    'divisibleby(2)',
    'gt(1)',
    'lower',
    'ne("a")',
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie('expression'), operator, tie('expression')).map((parts) => parts.join(' ')),
      fc.tuple(tie('expression'), operator, tie('expression')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('expression'), filter).map((parts) => parts.join(' | ')),
      fc.tuple(tie('expression'), test).map((parts) => `(${parts.join(' is ')})`),
      tie('expression').map((operand) => `not ${operand}`),
      tie('expression').map((operand) => `-${operand}`),
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
      fc.tuple(tie('expression'), tie('expression')).map(([x, y]) => `[${x}, ${y}]`),
    ),
  }));
  const stock = new nunjucks.Environment([], { autoescape: true });
  let compared = 0;
  fc.assert(
    fc.property(expression, (source) => {
      const template = `{{ ${source} }}`;
      const expected = attempt(() => stock.renderString(template, structuredClone(args)));
      const actual = attempt(() => compilePlain(template).evaluate(args, { maxSteps: 100_000, maxOut: 100_000 }).text);
      if (expected === null || actual === null) return;
      compared += 1;
      expect(actual).toBe(expected);
    }),
    { seed: 20261121, numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(600);
});

/** null: it failed. Stock fails in ways that are none of ours, and we refuse what it lets pass. */
function attempt(render: () => string): string | null {
  try {
    return render();
  } catch {
    return null;
  }
}
