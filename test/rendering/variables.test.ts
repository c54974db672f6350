import { describe, expect, test } from 'vitest';
import { describeVariables, type Variable } from '../../src/rendering/variables/variables.ts';

/** `name: type`, with what is inside in braces, the elements behind `of`, and the default behind `=`. */
function sketch({ name, type, default: fallback, fields, items }: Variable, named = true): string {
  const members = fields.length > 0 ? ` {${fields.map((field) => sketch(field)).join(', ')}}` : '';
  const elements = items === null ? '' : ` of ${sketch(items, false)}`;
  const otherwise = fallback === null ? '' : ` = ${JSON.stringify(fallback)}`;
  return `${named ? `${name}: ` : ''}${type}${members}${elements}${otherwise}`;
}

const sketches = (template: string) =>
  describeVariables(template)
    .map((variable) => sketch(variable))
    .join('; ');

describe('the type of a variable is guessed from its uses', () => {
  test.each([
    // Calculating and comparing.
    ['{{ a + 1 }}{{ 2 * b }}{{ -c }}{{ d // 2 }}{{ e ** 2 }}', 'a: number; b: number; c: number; d: number; e: number'],
    ['{{ a + b }}{{ "€ " + c }}{{ d + " €" }}', 'a: number; b: number; c: text; d: text'],
    ['{% if a > 3 %}{% endif %}{% if "m" < b %}{% endif %}', 'a: number; b: text'],
    [
      '{% if a == "up" or b != 3 or c === true or d == none %}{% endif %}',
      'a: text; b: number; c: boolean; d: unknown',
    ],
    ['{% if a in ["up", "down"] and "x" in b %}{% endif %}', 'a: text; b: list'],
    ['{% switch a %}{% case "up" %}▲{% case "down" %}▼{% endswitch %}', 'a: text'],
    ['{{ a is odd }}{{ b is string }}{{ c is mapping }}{{ d is iterable }}', 'a: number; b: text; c: object; d: list'],
    ['{{ a is gt(3) }}{{ b is eq("x") }}{{ c is defined }}', 'a: number; b: text; c: unknown'],
    // Asking.
    ['{% if a %}{% endif %}{{ "x" if b and not c }}', 'a: boolean; b: boolean; c: boolean'],
    ['{% if a %}{{ a }}{% endif %}{% if b %}{{ b * 2 }}{% endif %}', 'a: text; b: number'],
    // Members and elements.
    [
      '{{ host.load * 2 }}{{ host["up time"] }}{{ host.name | upper }}',
      'host: object {load: number, up time: text, name: text}',
    ],
    ['{% for price in prices %}{{ price * 2 }}{% endfor %}', 'prices: list of number'],
    [
      '{% for p in prices %}{{ p.value - 1 }}{{ p.label }}{{ loop.index }}{% endfor %}',
      'prices: list of object {value: number, label: text}',
    ],
    ['{% for row in rows %}{% for cell in row %}{{ cell }}{% endfor %}{% endfor %}', 'rows: list of list of text'],
    ['{% for key, value in loads %}{{ key }}{{ value + 1 }}{% endfor %}', 'loads: object of number'],
    ['{% for x, y, z in dots %}{{ x + y + z }}{% endfor %}', 'dots: list of list of number'],
    [
      '{{ a[0] + 1 }}{{ b.1 }}{{ c[i + 1] }}{{ d[key] }}',
      'a: list of number; b: list of text; c: list of text; i: number; d: object of text; key: unknown',
    ],
    [
      '{% for i in range(n) %}{{ labels[i] }}{{ loads[loop.index0] - 1 }}{% endfor %}',
      'n: number; labels: list of text; loads: list of number',
    ],
    ['{% if log.length > 3 %}{% endif %}{{ name }}{% if name | length > 3 %}{% endif %}', 'log: list; name: text'],
    // Where it stands in the picture.
    ['<text>{{ a }}</text><a href="{{ b }}"/><!-- fill="{{ c }}" -->', 'a: text; b: text; c: text'],
    [
      '<rect fill="{{ a }}" width="{{ b }}" x=\'{{ c }}%\' class="{{ d }}"/>',
      'a: color; b: number; c: number; d: text',
    ],
    ['<rect fill="url(#{{ a }})" stroke="hsl({{ b }}, 50%, 50%)"/>', 'a: text; b: number'],
    [
      '<path d="{{ a }}"/><path d="M{{ b }},{{ c }}"/><g transform="rotate({{ d }})"/>',
      'a: text; b: number; c: number; d: number',
    ],
    [
      '<g style="opacity: {{ a }}; fill: {{ b }}"/><style>text { fill: {{ c }} }</style>',
      'a: number; b: color; c: color',
    ],
    ['<g {% if a %}fill="{% else %}stroke="{% endif %}{{ b }}"/><p fill="{{ c }}"/>', 'a: boolean; b: color; c: color'],
    ['<rect fill="{{ "#f00" if hot else color }}"/>', 'hot: boolean; color: color'],
    // Filters.
    ['<g fill="{{ a | default("") | trim }}"/>{{ b | upper }}{{ b[0] }}', 'a: color = ""; b: text'],
    [
      '{{ a | round(1) }}{{ b | trim | upper }}{{ c | join(",") }}{{ d | sum }}',
      'a: number; b: text; c: list of text; d: list of number',
    ],
    [
      '{{ a | sum("v") }}{{ b | map(attribute="name") | join }}{{ c | selectattr("up") | length }}',
      'a: list of object {v: number}; b: list of object {name: text}; c: list of object {up: boolean}',
    ],
    ['{% for p in a | sort(attribute="v") | reverse %}{{ p.v * 2 }}{% endfor %}', 'a: list of object {v: number}'],
    ['{{ (a | first).name }}{{ (b | last) - 1 }}', 'a: list of object {name: text}; b: list of number'],
    [
      '{% for team, people in a | groupby("team") %}{% for p in people %}{{ p.age + 1 }}{% endfor %}{% endfor %}',
      'a: list of object {team: text, age: number}',
    ],
    [
      '{% for pair in a | dictsort %}{{ pair[0] }}{% endfor %}{{ b | get(key="x") }}',
      'a: object of unknown; b: object {x: text}',
    ],
    [
      '{% for i in a | filter(attribute="on", value=true) %}{{ i.n }}{% endfor %}',
      'a: list of object {on: boolean, n: text}',
    ],
  ])('%s', (template, expected) => {
    expect(sketches(template)).toBe(expected);
  });
});

describe('a default is shown, and tells the type', () => {
  test.each([
    [
      '{{ a | default(12) }}{{ b | d("#22c55e") }}{{ c | default(value="x") }}',
      'a: number = 12; b: color = "#22c55e"; c: text = "x"',
    ],
    [
      '{{ a or "Title" }}{{ b | default(false) }}{{ c | default(-1) }}',
      'a: text = "Title"; b: boolean = false; c: number = -1',
    ],
    ['{% for i in a | default([]) %}{{ i }}{% endfor %}', 'a: list of text = []'],
    ['{% set size = size | default(12) %}<rect width="{{ size }}"/>', 'size: number = 12'],
    ['{{ theme.accent | default("red") }}', 'theme: object {accent: text = "red"}'],
    ['{{ a | default(b) }}{{ a * 2 }}', 'a: number; b: text'],
    ['{{ a | default(none) }}', 'a: text'],
  ])('%s', (template, expected) => {
    expect(sketches(template)).toBe(expected);
  });
});

describe('names that the template gives are no variables, and what goes through them is', () => {
  test.each([
    ['{% set a = 1 %}{{ a }}{% for i in [1] %}{{ i }}{{ loop.index }}{% endfor %}{{ range(3) }}', ''],
    ['{% set w = load * 2 %}{{ w }}', 'load: number'],
    ['{% set t = title %}{{ t | upper }}', 'title: text'],
    ['{{ a }}{% set a = 1 %}{{ a * 2 }}', 'a: text'],
    ['{% if up %}{% set c = "g" %}{% else %}{% set c = "r" %}{% endif %}{{ c }}', 'up: boolean'],
    ['{% if up %}{% set c = 1 %}{% endif %}{{ c }}', 'up: boolean; c: number'],
    ['{% if up %}{% set c = 1 %}{% endif %}', 'up: boolean'],
    ['{% for i in [1] %}{% set c = 1 %}{{ c }}{% endfor %}{{ c }}', 'c: text'],
    ['{% set n = 0 %}{% for i in a %}{% set n = n + i %}{% endfor %}{{ n }}', 'a: list of number'],
    ['{% for i in [1] %}{% set_global c = 1 %}{% endfor %}{{ c }}', ''],
    ['{% set x %}<rect width="{{ w }}"/>{% endset %}{{ x }}', 'w: number'],
    ['{% filter upper %}{{ a }}{% endfilter %}', 'a: text'],
    [
      '{% for r in [{v: cpu, n: "CPU"}, {v: mem, n: name}] %}{{ r.v * 2 }}{{ r.n }}{% endfor %}',
      'cpu: number; mem: number; name: text',
    ],
    ['{% set s = {fill: color} %}<g fill="{{ s.fill }}"/>', 'color: color'],
    [
      '{% macro bar(v, c="red") %}<rect width="{{ v }}" fill="{{ c }}"/>{% endmacro %}{{ bar(cpu) }}{{ bar(mem, c=hue) }}',
      'cpu: number; mem: number; hue: color',
    ],
    [
      '{% macro card(h) %}{{ h.name }}{{ h.load * 2 }}{% endmacro %}{% for x in hosts %}{{ card(x) }}{% endfor %}',
      'hosts: list of object {name: text, load: number}',
    ],
    ['{% macro m() %}{{ theme }}{{ other }}{% endmacro %}{% set theme = 1 %}{{ m() }}', 'other: text'],
    ['{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ a }}{% endcall %}', 'a: text'],
    [
      '{% macro tree(n) %}{{ n.name }}{% for c in n.children %}{{ tree(c) }}{% endfor %}{% endmacro %}{{ tree(root) }}',
      'root: object {name: text, children: list of object}',
    ],
    [
      '{% set s = joiner(sep) %}{{ s() }}{% set row = cycler(a, b) %}<g fill="{{ row.next() }}"/>',
      'sep: unknown; a: color; b: color',
    ],
  ])('%s', (template, expected) => {
    expect(sketches(template)).toBe(expected);
  });
});

test('each says where it is first read, and the path to it', () => {
  const template =
    '{% macro m(p) %}\n{{ p.value }}{% endmacro %}\n{% for price in prices %}\n{{ m(price) }}{% endfor %}{{ a["b c"] }}';
  const flat = (variable: Variable): readonly (readonly [string, number, number])[] => [
    [variable.path, variable.line, variable.column],
    ...[...variable.fields, ...(variable.items === null ? [] : [variable.items])].flatMap(flat),
  ];
  expect(describeVariables(template).flatMap(flat)).toEqual([
    ['prices', 3, 17],
    ['prices[]', 3, 17],
    ['prices[].value', 2, 4],
    ['a', 4, 30],
    ['a["b c"]', 4, 30],
  ]);
  expect(describeVariables(template)[0]?.items?.name).toBe('price');
});

test('keys that every object of JavaScript has are keys like any other', () => {
  expect(sketches('{{ __proto__ }}{{ constructor.prototype }}{{ a.__proto__ }}{{ a.toString * 2 }}')).toBe(
    '__proto__: text; constructor: object {prototype: text}; a: object {__proto__: text, toString: number}',
  );
});

test('at most 200 variables are named, eight levels deep', () => {
  const many = Array.from({ length: 300 }, (_, i) => `{{ v${i} }}`).join('');
  expect(describeVariables(many).map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, i) => `v${i}`));
  expect(sketches(`{{ a${'.b'.repeat(20)} }}`).match(/\{/g)).toHaveLength(7);
});

test.each([
  ['a name as long as the template', `<g ${'a'.repeat(100_000)}{{ x }}="{{ y }}"/>`, 'x: text; y: text'],
  ['a comment that never ends', `<!--${'-'.repeat(100_000)} fill="{{ x }}"`, 'x: text'],
  ['colons without end', `<style>${'a:'.repeat(50_000)}{{ x }}</style>`, 'x: text'],
  ['a list of itself', '{% set x = [x] %}{% set x = [x, x] %}{{ x[0][0] * 2 }}', 'x: number'],
  ['an object of itself', '{% set x = {a: x, b: x} %}{{ x.a.b * 2 }}', 'x: object {b: number}'],
  [
    'a macro that gives itself more',
    '{% macro m(x) %}{{ m([x]) }}{{ x.a }}{% endmacro %}{{ m(b) }}',
    'b: object {a: text}',
  ],
])('%s is read to its end', (_what, template, expected) => {
  expect(sketches(template)).toBe(expected);
});

test('what does not parse is refused as it is when it is rendered', () => {
  expect(() => describeVariables('<svg>\n{{ a | nonsense }}</svg>')).toThrow(
    expect.objectContaining({ code: 'TEMPLATE_ERROR', details: { line: 2, column: 8 } }),
  );
});
