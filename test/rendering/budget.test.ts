import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/json.ts';
import { createEngine } from '../../src/rendering/engine.ts';
import { pieceText, refusalOf, renderPiece } from './rendering.ts';

const picture = (piece: string) => `<svg xmlns="http://www.w3.org/2000/svg"><text>${piece}</text></svg>`;

test('the same template and args always cost the same', () => {
  const piece = '{% for x in rows %}{{ x.name | upper }}{% for y in x.values | sort %}{{ y }}{% endfor %}{% endfor %}';
  const args = {
    rows: [
      { name: 'a', values: [3, 1, 2] },
      { name: 'b', values: [] },
    ],
  };
  const costs = Array.from({ length: 5 }, () => renderPiece(piece, structuredClone(args)).steps);
  expect(new Set(costs).size).toBe(1);
});

test('the cost grows with the passes of a loop, and with what is written', () => {
  const cost = (n: number, text: string) =>
    renderPiece('{% for i in range(n) %}{{ t }}{% endfor %}', { n, t: text }).steps;
  expect(cost(200, 'x') - cost(100, 'x')).toBe(cost(300, 'x') - cost(200, 'x'));
  expect(cost(100, 'x'.repeat(640))).toBeGreaterThan(cost(100, 'x') + 900);
});

test.each(['{{ fake | reverse }}', '{{ [1] | batch(2.5, "x") }}', '{{ [1, 2, 3] | slice(2.5) }}'])(
  '%s costs whole steps',
  (piece) => expect(renderPiece(piece, { fake: { length: 1.5 } }).steps % 1).toBe(0),
);

test('a render may use the whole budget and not one step more', () => {
  const template = picture('{% for i in range(10) %}{{ i }}{% endfor %}');
  const { steps } = createEngine({ maxFrameBytes: 1e6, maxSteps: 1e6 }).render(template, {});
  expect(createEngine({ maxFrameBytes: 1e6, maxSteps: steps }).render(template, {}).steps).toBe(steps);
  expect(() => createEngine({ maxFrameBytes: 1e6, maxSteps: steps - 1 }).render(template, {})).toThrow(/for steps/);
});

const STOPPED: readonly (readonly [piece: string, limit: string, args?: Record<string, JsonValue>])[] = [
  ['{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}', 'steps'],
  ['{% for x in a %}{% endfor %}', 'steps', { a: { length: 1e9 } }],
  ['{% for x in a %}{% endfor %}', 'steps', { a: { length: 1e300 } }],
  ['{{ a | batch(1) }}', 'steps', { a: { length: 1e9 } }],
  [
    '{% set s = t | e %}{% for i in range(9) %}{% for c in s %}{% break %}{% endfor %}{% endfor %}',
    'steps',
    { t: 'x'.repeat(60_000) },
  ],
  ['{{ [1] | batch(1000000000, 9) }}', 'steps'],
  ['{{ [1] | slice(1 / 0) }}', 'steps'],
  ['{{ range(10001) }}', 'range'],
  ['{{ range(0, 1, 0.00001) }}', 'range'],
  ['{{ range(1 / 0) }}', 'range'],
  ['{{ range(9007199254740992, 9007199254740996) }}', 'range'],
  ['{{ range(-9007199254740994, -9007199254740998, -1) }}', 'range'],
  ['{{ "x" | center(1 / 0) }}', 'text length'],
  ['{{ "x" | center(300000) }}', 'text length'],
  ['{{ ("a\n" | replace("", "bbbbbbbb\n")) | indent(100000) }}', 'text length'],
  ['{% set x = t %}{% for i in range(20) %}{% set x = x ~ x %}{% endfor %}', 'text length', { t: 'abcdefgh' }],
  ['{% set x %}{% for i in range(10000) %}0123456789012345678901234567{% endfor %}{% endset %}', 'text length'],
  ['{{ [t, t, t, t, t] | join(t) }}', 'text length', { t: 'x'.repeat(60_000) }],
  ['{{ [t, t, t, t, t] | dump }}', 'text length', { t: 'x'.repeat(60_000) }],
  ['{{ t | urlencode }}', 'text length', { t: '%'.repeat(100_000) }],
  ['{{ t | e }}', 'text length', { t: '&'.repeat(60_000) }],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ x }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ x == 1 }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ x < x }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ {}[x] }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ [x, x] | sort }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(60) %}{% set x = [x, x] %}{% endfor %}{{ x | int }}', 'data depth'],
  ['{% set x = [1] %}{% for i in range(20) %}{% set x = [x, x] %}{% endfor %}{{ x }}', 'steps'],
  ['{% set x = [1] %}{% for i in range(20) %}{% set x = [x, x] %}{% endfor %}{{ x | dump }}', 'steps'],
  ['{% set x = {a: 1} %}{% for i in range(60) %}{% set x = {a: x, b: x} %}{% endfor %}{{ x | dump }}', 'data depth'],
  ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'call depth'],
  ['{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ caller() }}{% endcall %}', 'call depth'],
  ['{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(20) }}', 'steps'],
];

describe('a template is stopped by a limit that is named, with what was used and allowed, and the line', () => {
  test.each(STOPPED.map(([piece, limit, args]) => ({ piece, limit, args })))(
    '$limit: $piece',
    ({ piece, limit, args }) => {
      const { message, details } = refusalOf(picture(piece), args);
      expect(details).toMatchObject({ limit, line: expect.any(Number), column: expect.any(Number) });
      expect(details).toHaveProperty('used');
      expect(message).toContain(`${details.allowed}`);
    },
  );
});

test('a frame larger than its limit is refused while it is written', () => {
  const small = createEngine({ maxFrameBytes: 1000, maxSteps: 100_000 });
  const render = () => small.render(picture('{% for i in range(1000) %}xxxxxxxxxx{% endfor %}'), {});
  expect(render).toThrow(/limit of 1000 for frame length/);
});

test('the bytes of a frame are counted, not its characters', () => {
  const template = picture('{{ x }}');
  const size = Buffer.byteLength(template.replace('{{ x }}', 'éé'));
  const render = (maxFrameBytes: number) =>
    createEngine({ maxFrameBytes, maxSteps: 1000 }).render(template, { x: 'éé' });
  expect(render(size).svg).toContain('éé');
  expect(() => render(size - 1)).toThrow(/bytes/);
});

describe('work on long texts is charged by their length', () => {
  const long = 'a'.repeat(250_000);
  const digits = '1'.repeat(250_000);
  const needle = `${'a'.repeat(50_000)}b${'a'.repeat(50_000)}`;

  test.each([
    't == u',
    't === t ~ ""',
    't != u',
    't < u',
    't >= u',
    't in [u, u]',
    'needle in t',
    't is eq(u)',
    't is lower',
    '[t, u] | sort | length',
    '-digits',
    'digits * 2',
    'digits | int',
    'digits | float',
    '{}[t]',
    't | replace(needle, "")',
    't | upper | length',
    't | striptags | length',
    't | e | length',
    't | title | length',
    't | trim | length',
    't | dump | length',
    't | wordcount',
    't | list | length',
  ])('%s', (expression) => {
    const piece = `{% for i in range(1000) %}{% set x = ${expression} %}{% endfor %}`;
    const { details } = refusalOf(picture(piece), { t: long, u: `${long}b`, digits, needle });
    expect(details).toMatchObject({ limit: 'steps' });
  });
});

describe('reading a template is bounded', () => {
  const nested = (open: string, close: string, n: number) => picture(open.repeat(n) + close.repeat(n));

  test.each([
    ['parentheses', (n: number) => picture(`{{ ${'('.repeat(n)}1${')'.repeat(n)} }}`)],
    ['lists', (n: number) => picture(`{{ ${'['.repeat(n)}${']'.repeat(n)} }}`)],
    ['not', (n: number) => picture(`{{ ${'not '.repeat(n)}1 }}`)],
    ['signs', (n: number) => picture(`{{ ${'- '.repeat(n)}1 }}`)],
    ['calls', (n: number) => picture(`{{ ${'range('.repeat(n)}1${')'.repeat(n)} }}`)],
    ['indices', (n: number) => picture(`{{ ${'a['.repeat(n)}1${']'.repeat(n)} }}`)],
    ['if', (n: number) => nested('{% if true %}', '{% endif %}', n)],
    ['for', (n: number) => nested('{% for x in [1] %}', '{% endfor %}', n)],
    ['elif', (n: number) => picture(`{% if a %}${'{% elif b %}'.repeat(n)}{% endif %}`)],
  ])('%s nest at most 100 levels deep', (_, template) => {
    expect(refusalOf(template(5000)).message).toMatch(
      /nested more than 100 levels|too long or nested too deep|20000 tokens/,
    );
    expect(refusalOf(template(101)).message).toMatch(/nested more than 100 levels/);
  });

  test.each(['1 + ', '1 ~ ', 'a.', 'a or ', 'a in '])('a chain of "%s" is bounded', (link) => {
    expect(refusalOf(picture(`{{ ${link.repeat(1000)}a }}`)).message).toContain('too long');
  });

  test('a template has at most 20,000 tokens', () => {
    const { message, details } = refusalOf(picture('{{ a }}'.repeat(10_000)));
    expect(message).toContain('20000 tokens');
    expect(details).toMatchObject({ limit: 'tokens', allowed: 20_000 });
  });

  test('long white space, many raw blocks and long text are read in linear time', () => {
    const long = ' '.repeat(100_000);
    expect(pieceText(`<a>{{ 1 }}${long}x${long}{{- 2 }}</a>`)).toBe(`<a>1${long}x2</a>`);
    expect(pieceText('{% raw %}a{% endraw %}'.repeat(3000))).toBe('a'.repeat(3000));
    expect(refusalOf(`{% raw %}${'{% '.repeat(80_000)}`).message).toContain('{% raw %} is never closed');
    expect(pieceText('{% raw %}{% raw %}{% endraw %}{% endraw %}'.repeat(100))).toHaveLength(
      '{% raw %}{% endraw %}'.length * 100,
    );
  });
});
