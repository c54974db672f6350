import { describe, expect, test } from 'vitest';
import { pieceText, refusalOf } from '../rendering.ts';

const written = (expression: string, args = {}): string => pieceText(`{{ ${expression} }}`, args);

/** An expression over `data`, the data, and what it writes. */
const VALUES: readonly (readonly [expression: string, data: unknown, text: string])[] = [
  ['data | sparkline', [0, 5, 10], 'M0,30L50,15L100,0'],
  ['data | sparkline(200, 10)', [0, 5, 10], 'M0,10L100,5L200,0'],
  ['data | sparkline(inset=5)', [0, 10], 'M5,25L95,5'],
  ['data | sparkline(min=0, max=100)', [50, 50], 'M0,15L100,15'],
  ['data | sparkline(min=10, max=20)', [0, 15, 30], 'M0,30L50,15L100,0'],
  ['data | sparkline(min=10, max=0)', [0, 10], 'M0,0L100,30'],
  ['data | sparkline(min=100)', [10, 50], 'M0,15L100,15'],
  ['data | sparkline(curve="step-after")', [0, 10], 'M0,30L100,30L100,0'],
  ['data | sparkline(100, 30, none, none, none, none, "a.b")', [{ a: { b: 0 } }, { a: { b: 1 } }], 'M0,30L100,0'],
  ['data | sparkline', [], ''],
  ['data | sparkline', [null, 'n/a', ''], ''],
  ['data | sparkline', [7], 'M50,15Z'],
  ['data | sparkline', [3, 3, 3], 'M0,15L50,15L100,15'],
  ['data | sparkline', ['0', true, ' 1 '], 'M0,30L50,0L100,0'],
  ['data | sparkline', [0, 1, null, 1, 0], 'M0,30L25,0M75,0L100,30'],
  [
    'data | sparkline',
    [
      [0, 0],
      [1, 10],
      [10, 0],
    ],
    'M0,30L10,0L100,30',
  ],
  [
    'data | sparkline',
    [
      [10, 0],
      [null, 5],
      ['0', 10],
    ],
    'M100,30ZM0,0Z',
  ],
  ['data | sparkline', [-1e308, 0, 1e308], 'M0,30L50,15L100,0'],
  ['data | sparkline', [0, 5e-324], 'M0,30L100,0'],
  ['[0, 1 / 0, 1] | sparkline', [], 'M0,30ZM100,0Z'],
  ['data | area', [2, 4], 'M0,30L100,0L100,30L0,30Z'],
  ['data | area', [-1, 1], 'M0,30L100,0L100,15L0,15Z'],
  ['data | area', [-4, -2], 'M0,30L100,0L100,0L0,0Z'],
  ['data | area', [], ''],
  [
    'data | points | dump | string',
    [0, null, 2],
    '[{"x":0,"y":30,"value":0,"index":0},{"x":100,"y":0,"value":2,"index":2}]',
  ],
  ['(data | bars(gap=0) | first).height ~ " " ~ (data | bars(gap=0) | last).x', [1, 2], '15 50'],
  [
    'data | bars(90, 30) | dump',
    [3, null, -3],
    '[{"x":3,"y":0,"width":24,"height":15,"value":3,"index":0},{"x":63,"y":15,"width":24,"height":15,"value":-3,"index":2}]',
  ],
  ['data | bars(min=0, max=2) | map(attribute="height")', [1, 4, -4], '15,30,0'],
  ['data | bars | map(attribute="height")', [0, 0], '0,0'],
  ['data | bars | length', [], '0'],
  ['0.5 | arc(0, 10)', [], 'M0,-10A10,10,0,1,1,0,10L0,0Z'],
  ['[0.25, 0.5] | arc(0, 10)', [], 'M10,0A10,10,0,0,1,0,10L0,0Z'],
  ['7 | arc(0, 10) == (1 | arc(0, 10)) and -7 | arc(0, 10) == ""', [], 'true'],
  ['data[0] | arc ~ ("x" | arc) ~ (data | arc)', [null], ''],
  ['data | slices | map(attribute="share")', [1, null, 3, -1, 0], '0.25,0.75,0'],
  ['data | slices | map(attribute="index")', [1, null, 3, -1, 0], '0,2,4'],
  ['data | slices | map(attribute="share")', [1e308, 1e308], '0.5,0.5'],
  ['data | slices | map(attribute="d") | join("|")', [0, 0], '|'],
  ['data | slices | length', [], '0'],
  ['(90 | polar(10)).x ~ " " ~ (90 | polar(10)).y ~ " " ~ (180 | polar(10, cx=5, cy=5)).y', [], '10 0 15'],
  ['"x" | polar == none and data | polar == none', [[1], {}], 'true'],
];

describe('charts', () => {
  test.each(VALUES)('%s of %j', (expression, data, text) => {
    expect(written(expression, { data }).replaceAll('&quot;', '"')).toBe(text);
  });

  test.each(['linear', 'smooth', 'natural', 'basis', 'step', 'step-before', 'step-after'])(
    'the curve %s has no NaN in it',
    (curve) => {
      const data = [1, null, 2, 'x', 3, 3, 3, -1e308, 1e308, 5, [null, 1], [2, null]];
      const path = written(`data | sparkline(curve=curve) ~ (data | area(curve=curve))`, { data, curve });
      expect(path).toMatch(/^[MLCHVZ0-9,.eE-]+$/);
    },
  );

  test.each([
    ['1 | sparkline', /takes a list, and not a number/],
    ['{a: 1} | bars', /takes a list, and not an object/],
    ['[{a: 1}] | area', /\[x, value\], and not an object; name its member with attribute/],
    ['[[1, 2, 3]] | points', /\[x, value\], and not a list/],
    ['[1] | sparkline(width=1000000000)', /"width" is a number from 0 to 100000, and not 1000000000/],
    ['[1] | sparkline(height=-1)', /"height" is a number from 0/],
    ['[1] | sparkline(height="tall")', /"height" is a number from 0 to 100000, and not a text/],
    ['[1] | sparkline(min=[1])', /"min" is a number .* not a list/],
    ['[1] | sparkline(max=1/0)', /"max" is a number .* not Infinity/],
    ['[1] | sparkline(curve="constructor")', /"curve" is one of linear, smooth.*, and not "constructor"/],
    ['[1] | bars(gap=2)', /"gap" is a number from 0 to 1, and not 2/],
    ['1 | arc(outer=1e9)', /"outer"/],
    ['1 | arc(end=4000)', /"end" is a number from -3600 to 3600/],
    ['1 | polar([1])', /"radius" is a number .* not a list/],
    ['[1] | slices(gap="x")', /"gap" is a number from 0 to 360/],
    ['[1] | sparkline(colour="red")', /has no parameter "colour"/],
  ])('%s is refused with what may be', (expression, words) => {
    const { message, details } = refusalOf(`<svg>{{ ${expression.replace('1e9', '1000000000')} }}</svg>`);
    expect(message).toMatch(words);
    expect(details).toMatchObject({ line: 1, column: expect.any(Number) });
  });

  test.each(['sparkline', 'area', 'points', 'bars', 'slices', 'arc', 'polar'])(
    'a missing input stays missing through %s',
    (filter) => {
      expect(written(`(missing | ${filter}) is undefined`)).toBe('true');
    },
  );
});
