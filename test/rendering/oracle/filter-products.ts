import type { Case } from './case.ts';

const PEOPLE = [
  { name: 'Ann', age: 31, on: true, at: { city: 'X' } },
  { name: 'bob', age: 25, on: false, at: { city: 'Y' } },
  { name: 'Cid', age: 31, on: true },
];

const INPUTS = [
  ...['none', 'true', 'false', '0', '1', '-3', '4.56', '1000000', '0 / 0', '1 / 0', 'range(3)', 'people'],
  ...[
    '""',
    '"abc"',
    '"a b  c"',
    '"<b>&"',
    '"5"',
    '"-2.5x"',
    '"a\\nb"',
    '"é€😀"',
    '[]',
    '[3, 1, 2]',
    '{}',
    '{b: 1, a: 2}',
  ],
  ...['["b", "A", "c"]', '[1, "1", true, none]', '[[1, 2], [3]]', '{length: 2}', '[{n: 2, s: "x"}, {n: 1, s: "Y"}]'],
];

const FILTERS = [
  ...[
    'abs',
    'batch',
    'capitalize',
    'center',
    'd',
    'default',
    'dictsort',
    'dump',
    'e',
    'escape',
    'first',
    'float',
    'int',
  ],
  ...['forceescape', 'groupby', 'indent', 'join', 'last', 'length', 'list', 'lower', 'nl2br', 'reject', 'rejectattr'],
  ...['replace', 'reverse', 'round', 'select', 'selectattr', 'slice', 'sort', 'string', 'striptags', 'sum', 'title'],
  ...['trim', 'truncate', 'upper', 'urlencode', 'urlize', 'wordcount'],
];

const ARGUMENTS = [
  ...[
    '',
    '()',
    '(1)',
    '(2)',
    '(0)',
    '(-1)',
    '("a")',
    '("")',
    '(none)',
    '(true)',
    '(false)',
    '(missing)',
    '([])',
    '([1])',
  ],
  ...['({})', '(2, "x")', '(2, 0)', '("a", "b")', '("a", "b", 1)', '(true, true)', '(false, true)', '("n")', '("s")'],
  ...['(1.5)', '("2")', '(none, 10)', '("n", 5)', '(0, "floor")', '(1, "ceil")', '("odd")', '("age")', '("at.city")'],
];

/** Every filter of nunjucks on every odd input, with every odd list of arguments. */
export function* filterProducts(): Generator<Case> {
  for (const filter of FILTERS) {
    for (const input of INPUTS) {
      for (const given of ARGUMENTS) yield [`{{ ${input} | ${filter}${given} }}`, { people: PEOPLE }];
    }
  }
}
