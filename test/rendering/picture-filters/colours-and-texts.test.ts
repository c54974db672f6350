import { describe, expect, test } from 'vitest';
import { pieceText, refusalOf } from '../rendering.ts';

const written = (expression: string, args = {}): string => pieceText(`{{ ${expression} }}`, args);

const WRITTEN: readonly (readonly [expression: string, text: string])[] = [
  ['"#000" | mix("#fff")', '#808080'],
  ['"#22c55e" | mix("#ef4444", 0) ~ ("#22c55e" | mix(colour="#ef4444", amount=1))', '#22c55e#ef4444'],
  ['"red" | mix("transparent", 0.5)', '#ff000080'],
  ['"RebeccaPurple" | mix("rebeccapurple") ~ (" #ABC " | mix("#abc"))', '#663399#aabbcc'],
  ['"#abcd" | mix("#aabbccdd") ~ ("#11223344" | alpha(1))', '#aabbccdd#11223344'],
  [
    '"rgb(34, 197, 94)" | alpha(1) ~ ("rgb(34 197 94 / 50%)" | alpha(1)) ~ ("rgba(300,-5,10%,.5)" | alpha(1))',
    '#22c55e#22c55e80#ff001a80',
  ],
  [
    '"hsl(0, 100%, 50%)" | alpha(1) ~ ("hsl(120deg 100 25)" | alpha(1)) ~ ("hsla(-120, 100%, 50%, 0)" | alpha)',
    '#ff0000#008000#0000ff00',
  ],
  ['"#22c55e" | alpha ~ ("#22c55e80" | alpha(0.5)) ~ ("#fff" | alpha(0))', '#22c55e80#22c55e40#ffffff00'],
  ['"transparent" | mix("transparent")', '#00000000'],
  ['none | mix("red") is sameas(none) and missing | alpha is undefined', 'true'],
  [
    '0 | ramp(["#000", "#fff"]) ~ (0.5 | ramp(["#000", "#fff"])) ~ (1 | ramp(["#000", "#fff"]))',
    '#000000#808080#ffffff',
  ],
  [
    '-5 | ramp(["red", "lime", "blue"]) ~ (0.5 | ramp(["red", "lime", "blue"])) ~ (9 | ramp(["red", "lime", "blue"]))',
    '#ff0000#00ff00#0000ff',
  ],
  ['75 | ramp(["#000", "#fff"], from=[50, 100])', '#808080'],
  ['25 | ramp(["#000", "#fff"], [100, 0])', '#bfbfbf'],
  ['"x" | ramp(["red", "blue"]) is sameas(none) and (1/0) | ramp(["red", "blue"]) is sameas(none)', 'true'],
  ['"Hello" | text_width(1000)', '2278'],
  [
    '"é" | text_width(1000) ~ " " ~ ("e" | text_width(1000)) ~ " " ~ ("東" | text_width) ~ " " ~ ("👩‍👩‍👧‍👦" | text_width)',
    '556 556 16 16',
  ],
  ['"" | text_width ~ (none | text_width) ~ (12 | text_width(1000))', '001112'],
  ['"Hello world" | fit(1000)', 'Hello world'],
  ['"Hello world" | fit(60)', 'Hello…'],
  ['"Hello world" | fit(60, size=8)', 'Hello world'],
  ['"Hello world" | fit(width=60, end="")', 'Hello w'],
  ['"Hello" | fit(0)', '…'],
  ['"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦" | fit(40)', '👩‍👩‍👧‍👦…'],
  ['"é日本語 text" | fit(60)', 'é日本…'],
  ['"<b>" | fit(1000)', '&lt;b&gt;'],
  ['7 | pad ~ (123 | pad) ~ ("é" | pad(3, " ") | dump)', '07123&quot;  é&quot;'],
  ['"ab" | pad(4, ".", end=true) ~ ("a" | pad(length=3, with=""))', 'ab..  a'],
];

describe('colours and texts', () => {
  test.each(WRITTEN)('%s', (expression, text) => {
    expect(written(expression)).toBe(text);
  });

  test.each([
    '',
    '#',
    '#12',
    '#12345',
    '#1234567',
    '#ggg',
    'nocolour',
    'constructor',
    'url(#a)',
    'var(--x)',
    'rgb(1,2)',
    'rgb(1,2,3,4,5)',
    'rgb(a,b,c)',
    'rgb(1e9,0,0)',
    'rgb(1;2;3)',
    'hsl(1,2,3)}',
    'red;fill:url(x)',
    '"red"',
    `#${'a'.repeat(100_000)}`,
    `rgb(${' '.repeat(30)}1`,
    'rgb(NaN,0,0)',
    'rgb(0deg,0,0)',
  ])('"%s" is no colour', (colour) => {
    expect(refusalOf('<svg>{{ colour | alpha }}</svg>', { colour }).message).toMatch(/takes a colour like "#22c55e"/);
  });

  test('what comes out is always a plain colour', () => {
    for (const amount of [0, 1e-9, 0.1, 1 / 3, 0.999999, 1]) {
      for (const other of ['#0000', '#fff', 'hsl(359.9 99.9% 0.1%)', 'rgb(0 0 0 / .003)']) {
        expect(written('"teal" | mix(other, amount)', { other, amount })).toMatch(/^#(?:[\da-f]{6}|[\da-f]{8})$/);
      }
    }
  });

  test.each([
    ['[1] | mix("red")', /takes a colour .* and not a list/],
    ['"red" | mix', /"colour" is a colour like .* and not nothing/],
    ['"red" | mix("x")', /"colour" is a colour like .* and not "x"/],
    ['"red" | mix("blue", 2)', /"amount" is a number from 0 to 1, and not 2/],
    ['"red" | alpha(-1)', /"opacity" is a number from 0 to 1/],
    ['1 | ramp("red")', /"colours" is a list of 2 to 20 colours, and not a text/],
    ['1 | ramp(["red"])', /not a list of 1/],
    ['1 | ramp(range(21))', /not a list of 21/],
    ['1 | ramp(["red", "x"])', /"colours" is a colour like .* and not "x"/],
    ['1 | ramp(["red", "blue"], from=[1])', /"from" is a list of two numbers/],
    ['"x" | pad(1000000000)', /"length" is a number from 0 to 1000/],
    ['"x" | pad(2, "-----")', /"with" is a text of at most 4 characters/],
    ['"x" | fit("wide")', /"width" is a number/],
    ['"x" | text_width(1000000000)', /"size" is a number/],
  ])('%s is refused with what may be', (expression, words) => {
    expect(refusalOf(`<svg>{{ ${expression} }}</svg>`).message).toMatch(words);
  });

  test.each([
    'ascii | fit(10)',
    'other | text_width',
    'other | pad',
    '"red" | mix("blue")',
    '1 | ramp(["red", "blue"])',
  ])('the work is charged: %s', (expression) => {
    const args = { ascii: 'a'.repeat(20_000), other: 'é'.repeat(5000) };
    const piece = `{% for i in range(10000) %}{% set r = ${expression} %}{% endfor %}`;
    expect(refusalOf(`<svg>${piece}</svg>`, args).details).toMatchObject({ limit: 'steps' });
  });
});
