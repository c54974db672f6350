import { expect, test } from 'vitest';
import { pieceText, refusalOf } from './rendering.ts';

test('break and continue act on the innermost loop, out of any nesting of conditions', () => {
  const template =
    '{% for a in [1, 2, 3] %}{% for b in [1, 2, 3] %}{% switch b %}{% case a %}{% if true %}{% break %}{% endif %}' +
    '{% endswitch %}{{ a }}{{ b }} {% endfor %}{% if a == 2 %}{% continue %}{% endif %}; {% endfor %}.';
  expect(pieceText(template)).toBe('; 21 31 32 ; .');
});

test('break in the else of an inner loop ends the outer one', () => {
  expect(
    pieceText('{% for a in [1, 2] %}{{ a }}{% for b in [] %}{% else %}{% break %}{% endfor %}!{% endfor %}.'),
  ).toBe('1.');
});

test('after a break the loop variables of the outer loop are there again', () => {
  expect(
    pieceText('{% for a in [1, 2] %}{% for b in [5, 6] %}{% break %}{% endfor %}{{ loop.index }}{{ a }} {% endfor %}'),
  ).toBe('11 22 ');
});

test('set_global in a macro stays in the macro', () => {
  const template =
    '{% set x = 1 %}{% macro m() %}{% for i in [7] %}{% set_global x = i %}{% endfor %}{{ x }}{% endmacro %}';
  expect(pieceText(`${template}{{ m() }}{{ x }}`)).toBe('71');
});

test('an index after a dot reaches own elements only', () => {
  expect(pieceText('{{ a.0.b.1 }}{{ a.9 }}{{ "xy".1 }}', { a: [{ b: [1, 2] }] })).toBe('2y');
});

test('a loop that goes on with continue is charged for each pass', () => {
  const template =
    '<svg>{% for i in range(9999) %}{% for j in range(99) %}{% continue %}{% endfor %}{% endfor %}</svg>';
  expect(refusalOf(template).details).toMatchObject({ limit: 'steps', allowed: 100_000 });
});

test('an error after a backtick string, self:: and a.0 keeps its line and column', () => {
  expect(refusalOf('<svg>\n{{ `a\nb` ~ a.0 ~ nope() }}</svg>').details).toMatchObject({ line: 3, column: 12 });
  expect(refusalOf('<svg>\n{{ self::nope() }}</svg>').details).toMatchObject({ line: 2, column: 10 });
});
