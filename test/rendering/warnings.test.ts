import { expect, test } from 'vitest';
import { OPEN, renderPiece } from './rendering.ts';

const OFFSET = OPEN.length;
const warningsOf = (piece: string, args = {}) => renderPiece(piece, args).warnings;
const at = (column: number) => `(line 1, column ${OFFSET + column})`;

test('a missing variable renders as nothing and is named with its place', () => {
  expect(warningsOf('{{ price }}')).toEqual([`"price" is not defined ${at(4)}`]);
  expect(warningsOf('\n\n  {{ price }}')).toEqual(['"price" is not defined (line 3, column 6)']);
});

test('a missing member is named with its path', () => {
  expect(warningsOf('{{ a.b }}{{ a["c"] }}{{ a.d.e }}{{ x.y }}', { a: { d: {} } })).toEqual([
    `"a.b" is not defined ${at(4)}`,
    `"a.c" is not defined ${at(13)}`,
    `"a.d.e" is not defined ${at(25)}`,
    `"x" is not defined ${at(36)}`,
  ]);
});

test('each variable is named once, in the order of the render', () => {
  const piece = '{% for i in [1, 2] %}{{ b }}{{ a }}{% endfor %}{{ a }}';
  expect(warningsOf(piece).map((warning) => warning.split(' ')[0])).toEqual(['"b"', '"a"']);
});

test('at most 20 variables are named', () => {
  const names = Array.from({ length: 30 }, (_, i) => `v${i}`);
  expect(warningsOf(names.map((name) => `{{ ${name} }}`).join(''))).toHaveLength(20);
});

test.each([
  '{{ a | default("x") }}{{ a.b.c | d("x") }}',
  '{{ a is defined }}{{ a is not defined }}{{ a.b is undefined }}',
  '{% if a %}{% elif b.c %}{% endif %}',
  '{{ "x" if a }}{{ "x" if not a.b else "y" }}',
  '{{ a or "x" }}{{ not a }}',
  '{% if a and b %}{% endif %}',
  '{{ n }}{{ e }}{{ z }}',
])('asking whether a variable is there is no warning: %s', (piece) => {
  expect(warningsOf(piece, { n: null, e: '', z: 0 })).toEqual([]);
});

test.each([
  '{% for x in a %}{% endfor %}',
  '{{ a + 1 }}',
  '{{ a | upper }}',
  '{{ [a] }}',
  '{% set b = a %}',
  '{{ 1 in a }}',
])('a missing variable that is used is named: %s', (piece) => {
  expect(warningsOf(piece)).toEqual([expect.stringContaining('"a" is not defined')]);
});

test.each([
  'batch(2)',
  'dictsort',
  'first',
  'groupby("x")',
  'join',
  'last',
  'list',
  'reject',
  'rejectattr("x")',
  'select',
  'selectattr("x")',
  'slice(2)',
  'string',
  'sum',
  'trim',
  'urlize',
])('a missing variable stays nothing through the filter %s', (filter) => {
  const { svg, warnings } = renderPiece(`[{{ a | ${filter} }}]`);
  expect(svg).toContain('>[]<');
  expect(warnings).toEqual([expect.stringContaining('"a" is not defined')]);
});

test('functions of the engine are no variables', () => {
  expect(warningsOf('{{ range }}{{ constructor }}{{ __proto__ }}')).toHaveLength(3);
});
