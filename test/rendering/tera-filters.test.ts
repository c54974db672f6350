import { describe, expect, test } from 'vitest';
import { pieceText, refusalOf } from './rendering.ts';

const LONG = 'ab'.repeat(100_000);

/** An expression, and what it writes. */
const EDGES: readonly (readonly [expression: string, text: string])[] = [
  ['[{a: {b: 1} }, {a: none}, {}] | map(attribute="a.b")', '1'],
  ['[{a: 1}, {a: none}, {}] | filter(attribute="a") | length', '1'],
  ['[{a: "__proto__"}, {a: "__proto__"}] | group_by(attribute="a") | json_encode | length', '51'],
  ['[1, "1", [1], [1], none] | unique | length', '4'],
  ['["a", "A"] | unique(case_sensitive=true)', 'a,A'],
  ['{} | get(key="constructor", default="none of yours")', 'none of yours'],
  ['[1] | nth(n="constructor")', ''],
  ['[1] | concat(with=2)', '1,2'],
  ['"abc" | split(pat="")', 'a,b,c'],
  [
    '0 | filesizeformat ~ ", " ~ (1024 | filesizeformat) ~ ", " ~ (1536 | filesizeformat(binary=true))',
    '0 B, 1 KB, 1.5 KiB',
  ],
  ['1 | pluralize ~ ";" ~ (-1 | pluralize(singular="y")) ~ ";" ~ (0 | pluralize)', ';y;s'],
  ['"a😀b" | truncate(length=2)', 'a…'],
  ['"one two three" | truncate(length=9, killwords=false)', 'one two…'],
  ['"short" | truncate(length=9)', 'short'],
  ['[1, 2, 3] | slice(end=-1)', '1,2'],
  ['missing | split(pat=",") is undefined', 'true'],
  ['{a: 1} is containing("a") and {} is not containing("toString")', 'true'],
];

describe("Tera's filters", () => {
  test.each(EDGES)('%s', (expression, text) => {
    expect(pieceText(`{{ ${expression} }}`)).toBe(text);
  });

  test('slugify does not put a hundred thousand marks in order', { timeout: 5000 }, () => {
    const args = { text: `Cre${'\u0301\u0323\u0316\u0300'.repeat(32_000)}me` };
    expect(pieceText('{{ text | slugify }}', args)).toBe('creme');
  });

  test.each([
    ['get', '"text" | get(key="length")', /"get" takes an object/],
    ['map', '"text" | map(attribute="length")', /takes a list, and not a text/],
    ['concat', '1 | concat(with=2)', /takes a list, and not a number/],
    ['split', '[1] | split(pat=",")', /takes a text, and not a list/],
  ])('%s says what it takes', (_, expression, words) => {
    const { message, details } = refusalOf(`<svg>{{ ${expression} }}</svg>`);
    expect(message).toMatch(words);
    expect(details).toMatchObject({ line: 1 });
  });

  test.each([
    '{% for i in range(999) %}{{ long | split(pat="b") | length }}{% endfor %}',
    '{% for i in range(999) %}{{ long | slugify | length }}{% endfor %}',
    '{% for i in range(999) %}{{ long | trim_start is starting_with(long) }}{% endfor %}',
    '{% for i in range(999) %}{{ list | unique | length }}{% endfor %}',
    '{% for i in range(999) %}{{ list | map(attribute=long) | length }}{% endfor %}',
    '{% for i in range(999) %}{{ list | concat(with=list) | length }}{% endfor %}',
    '{% for i in range(999) %}{{ list | slice(start=0) | length }}{% endfor %}',
    '{% for i in range(999) %}{{ list | filter(attribute="a") | length }}{% endfor %}',
  ])('is charged to the budget: %s', (template) => {
    const args = { long: LONG, list: Array.from({ length: 2000 }, (_, i) => i) };
    expect(refusalOf(`<svg>${template}</svg>`, args).details).toMatchObject({ limit: 'steps', allowed: 100_000 });
  });
});
