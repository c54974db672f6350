import { describe, expect, test } from 'vitest';
import { pieceText, refusalOf } from '../rendering.ts';

const written = (expression: string, args = {}): string => pieceText(`{{ ${expression} }}`, args);

const WRITTEN: readonly (readonly [expression: string, text: string])[] = [
  ['1234567.891 | number', '1,234,567.891'],
  ['0.00004 | number ~ " " ~ (-0.00004 | number)', '0 0'],
  ['1234.5 | number(2)', '1,234.50'],
  ['1234567 | number(0, "")', '1234567'],
  ['1234567.8 | number(sep="’", digits=1)', '1’234’567.8'],
  ['1234567.8 | number(locale="de")', '1.234.567,8'],
  ['-1234.5 | number(1)', '-1,234.5'],
  ['" 12 " | number', '12'],
  ['true | number', '1'],
  ['"n/a" | number ~ ("" | number) ~ ([] | number) ~ ([1] | number) ~ ({} | number) ~ ((1/0) | number)', '––––––'],
  ['none | number | default("?", true)', '?'],
  ['missing | number is undefined', 'true'],
  ['0.0342 | format("+.1%")', '+3.4%'],
  ['-0.0342 | format(".1%")', '-3.4%'],
  ['1500000 | format("~s")', '1.5M'],
  ['0.0000015 | format("~s")', '1.5µ'],
  ['7 | format("02d") ~ ":" ~ (-7 | format("03d")) ~ ":" ~ (123 | format("02d"))', '07:-07:123'],
  ['1234.5 | format(spec=",.2f")', '1,234.50'],
  ['1234567 | format', '1,234,567'],
  ['"NaN" | format(".2f")', '–'],
  ['48211 | compact', '48.2K'],
  ['999999 | compact ~ " " ~ (1500000000 | compact(0)) ~ " " ~ (-1200 | compact)', '1M 2B -1.2K'],
  ['1234567 | compact(locale="de")', '1,2\u00a0Mio.'],
  ['0.256 | percent', '26%'],
  ['3 | percent(1, of=8)', '37.5%'],
  ['3 | percent(of=0)', '–'],
  ['0.256 | percent(locale="tr")', '%26'],
  ['0 | bytes ~ ", " ~ (999 | bytes) ~ ", " ~ (1000 | bytes) ~ ", " ~ (-1536 | bytes)', '0 B, 999 B, 1 kB, -1.5 kB'],
  ['999960 | bytes ~ ", " ~ (999940 | bytes) ~ ", " ~ (1e30 | bytes)', '1 MB, 999.9 kB, 1,000,000 YB'],
  ['1536 | bytes(binary=true) ~ ", " ~ (1048575 | bytes(0, true))', '1.5 KiB, 1 MiB'],
  ['1250 | bytes(2, unit="bit/s")', '1.25 kbit/s'],
  ['50 | scale([0, 100], [0, 300])', '150'],
  ['150 | scale([0, 100], [0, 300])', '450'],
  ['150 | scale([0, 100], [0, 300], clamp=true)', '300'],
  ['25 | scale(from=[0, 100], to=[40, 0])', '30'],
  ['1 | scale([0, 3], [0, 1])', '0.333'],
  ['1 | scale([0, 3], [0, 1], digits=6)', '0.333333'],
  ['9 | scale([5, 5], [0, 10])', '5'],
  ['0 | scale([-1.7e308, 1.7e308], [0, 10])', '5'],
  ['[1, none, "x", 3] | scale([1, 3], [0, 1]) | dump', '[0,null,null,1]'],
  ['12 | clamp(0, 10) ~ " " ~ (-3 | clamp(0)) ~ " " ~ (12 | clamp(max=5))', '10 0 5'],
  ['["7", none, -1] | clamp(0, 5) | dump', '[5,null,0]'],
  ['[3, "10", none, -2] | min ~ " " ~ ([3, "10", none, -2] | max)', '-2 10'],
  ['[{v: 1}, {v: 5}, {}] | max("v") ~ " " ~ ([{v: 1}, {v: 5}, {}] | avg(attribute="v"))', '5 3'],
  ['[] | min is sameas(none) and [none] | max is sameas(none) and ["x"] | avg is sameas(none)', 'true'],
  ['[1.7e308, 1.7e308] | avg > 1.6e308', 'true'],
  ['[3, 97.2] | extent', '3,97.2'],
  ['[3, 97.2] | extent(nice=true) ~ " " ~ ([3, 9] | extent(zero=true)) ~ " " ~ ([] | extent)', '0,100 0,9 0,1'],
  ['[] | extent(zero=true, nice=true) ~ " " ~ ([4, 4] | extent(nice=true))', '0,0 4,4'],
  ['[0, 10] | ticks', '0,2,4,6,8,10'],
  ['[0, 1] | ticks(2) ~ " " ~ ([4, 4] | ticks) ~ " " ~ ([] | ticks | length)', '0,0.5,1 4 0'],
  ['[-1.7e308, 1.7e308] | ticks | length ~ " " ~ ([0, 5e-324] | ticks | length)', '2 2'],
  ['[-1.7e308, 1.7e308] | extent(nice=true) | length', '2'],
];

/** nunjucks reads no exponents. */
const withoutExponents = (expression: string): string =>
  expression.replace(/-?\d[\d.]*e-?\d+/g, (number) => `(N["${number}"])`);
const numbers = {
  N: Object.fromEntries(['1e30', '1.7e308', '-1.7e308', '1.6e308', '5e-324'].map((n) => [n, Number(n)])),
};

describe('numbers', () => {
  test.each(WRITTEN)('%s', (expression, text) => {
    expect(written(withoutExponents(expression), numbers)).toBe(text);
  });

  test.each([
    '1000000000d',
    '099999d',
    '0100d',
    '.100f',
    '.999999999%',
    '*^20',
    '>9999999',
    '$',
    '(',
    'x',
    'c',
    'n',
    '',
    ' '.repeat(11),
    ',.2',
    '2',
  ])('the format "%s" is refused', (spec) => {
    expect(refusalOf('<svg>{{ 1 | format(spec) }}</svg>', { spec }).message).toMatch(
      /is no format|at most 10 characters/,
    );
  });

  test.each(['+d', ' .2f', '~s', ',.99f', '.0%', 'e', '.3g', '.2r', '099d', '+020,.2~f'])(
    'the format "%s" takes every number',
    (spec) => {
      for (const value of [0, -0, 1, -1.5, 1e21, -1e308, 5e-324]) {
        expect(written('value | format(spec)', { value, spec })).toMatch(/^–$|^[-+ ]?[\d,.]+(e[-+]\d+)?[a-zA-Zµ%]?$/);
      }
    },
  );

  test.each([
    ['1 | number(21)', /"digits" is a number from 0 to 20, and not 21/],
    ['1 | number(1.5)', /"digits" is a whole number, and not 1.5/],
    ['1 | number(digits="many")', /"digits" is a number from 0 to 20, and not a text/],
    ['1 | number(sep="-----")', /"sep" is a text of at most 4 characters, and not one of 5/],
    ['1 | number(locale="xx")', /There is no locale "xx"; .* like "de"/],
    ['1 | number(locale="en-u-nu-thai")', /"locale" is a text of at most 11 characters/],
    ['1 | number(locale="de_DE")', /There is no locale "de_DE"/],
    ['1 | compact(locale="*")', /There is no locale/],
    ['1 | percent(of="all")', /"of" is a number/],
    ['1 | bytes(unit=[1])', /"unit" is a text of at most 16 characters, and not a list/],
    ['1 | scale([0], [0, 1])', /"from" is a list of two numbers like \[0, 100\], and not a list of 1/],
    ['1 | scale([0, 1])', /"to" is a list of two numbers .* not nothing/],
    ['1 | scale([0, "x"], [0, 1])', /"from" is a list of two numbers/],
    ['1 | clamp(min="low")', /"min" is a number/],
    ['[0, 1] | ticks(1000000000)', /"count" is a number from 1 to 100, and not 1000000000/],
    ['[0, 1] | ticks(0)', /"count" is a number from 1 to 100/],
    ['"ab" | max', /takes a list, and not a text/],
  ])('%s is refused with what may be', (expression, words) => {
    expect(refusalOf(`<svg>{{ ${expression} }}</svg>`).message).toMatch(words);
  });
});
