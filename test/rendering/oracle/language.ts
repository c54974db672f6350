import type { Case } from './case.ts';

const people = [
  { name: 'Ann', age: 31, tags: ['a', 'b'] },
  { name: 'bob', age: 25, tags: [] },
  { name: 'Cid', age: 31, tags: ['c'] },
];

export const OUTPUT: readonly Case[] = [
  [''],
  ['plain text'],
  ['{{ x }}', { x: 'a' }],
  ['{{x}}{{ x }}', { x: 1.5 }],
  ['{{ x }}', { x: '<a href="b">\'&\\</a>' }],
  ['{{ x }}|{{ y }}|{{ z }}', { x: null, y: true, z: false }],
  ['{{ x }}', { x: [1, [2, null, 'a'], { b: 1 }] }],
  ['{{ x }}', { x: { a: 1 } }],
  ['{{ missing }}|{{ missing.more }}|{{ x.y }}', { x: {} }],
  ['{{ 1 }}{{ 1.5 }}{{ 10 / 4 }}{{ 1 / 3 }}{{ 0.1 + 0.2 }}'],
  ['{{ "a\\n\\t\\r\\"b\\\\" }}'],
  ["{{ 'it\\'s' }}"],
  ['{{ none }}{{ null }}{{ true }}{{ false }}'],
  ['{{ [1, 2, [3]] }}{{ {a: 1} }}{{ (1, 2) }}'],
  ['{{ {"a b": 1, c: 2}["a b"] }}{{ {a: {b: [5] } }.a.b[0] }}'],
  ['{{ 123456789012345678901234567890 }}{{ 1 / 0 }}{{ -1 / 0 }}{{ 0 / 0 }}'],
  ['{{ é }} {{ _x }} {{ $y }}', { é: 1, _x: 2, $y: 3 }],
  ['{# comment #}a{# {{ x }} #}b{#- trim -#}  c'],
  ['  {{- 1 -}}  a  {%- if true -%}  b  {%- endif -%}  c  '],
  ['a\n{% if true %}\n  b\n{% endif %}\nc\n'],
  ['a \n\t {#- x #} b {# x -#} \n c'],
  ['{% raw %}{{ x }}{% if %}{% endraw %}'],
  ['{% verbatim %}{{ x }}{% raw %}{% endverbatim %}'],
  ['{% raw %}a{% raw %}b{% endraw %}c{% endraw %}d'],
  ['a {%- raw -%} b {% endraw %} c {{ 1 }} d'],
  ['{% if true -%}{% raw %} x {% endraw %}{% endif %} c'],
  ['{% raw %}\n\n{{ a }}\n{% endraw %}\n{{ 1 }}'],
  ['}} %} #'],
  ['{ { % }'],
  ['{{ x["a"] }}{{ x["b" + "c"] }}{{ y[0] }}{{ y["1"] }}{{ y[9] }}', { x: { a: 1, bc: 2 }, y: [3, 4] }],
  ['{{ y.length }}{{ s.length }}{{ s[1] }}{{ s["length"] }}', { y: [1, 2], s: 'abc' }],
  ['{{ a.b.c.d }}', { a: { b: { c: { d: 'deep' } } } }],
  ['{{ x.length }}{{ x.y }}', { x: 5 }],
];

export const CONDITIONS: readonly Case[] = [
  ['{% if x %}a{% endif %}', { x: true }],
  ['{% if x %}a{% else %}b{% endif %}', { x: 0 }],
  ['{% if x == 1 %}a{% elif x == 2 %}b{% elseif x == 3 %}c{% else %}d{% endif %}', { x: 3 }],
  ['{% if [] %}a{% endif %}{% if {} %}b{% endif %}{% if "" %}c{% endif %}'],
  ['{% if missing %}a{% else %}b{% endif %}'],
  ['{% if a and not b or c %}y{% endif %}', { a: 1, b: 0, c: 0 }],
  ['{{ "y" if x else "n" }}{{ "y" if not x }}|{{ "z" if x }}', { x: 1 }],
  ['{{ 1 if 0 else (2 if 1 else 3) }}'],
  ['{% switch x %}{% case 1 %}one{% case 2 %}two{% default %}many{% endswitch %}', { x: 2 }],
  ['{% switch x %}{% case 1 %}{% case 2 %}low{% case 3 %}high{% endswitch %}', { x: 1 }],
  ['{% switch x %} junk {% case "1" %}text{% default %}other{% endswitch %}', { x: 1 }],
  ['{% switch x %}{% case 1 %}one{% endswitch %}', { x: 5 }],
  ['{% switch x %}{% case 1 %}one{% case y %}y{% default %}{% if x %}z{% endif %}{% endswitch %}', { x: 5, y: 5 }],
];

export const LOOPS: readonly Case[] = [
  ['{% for x in [1,2,3] %}{{ x }},{% endfor %}'],
  ['{% for x in [] %}{{ x }}{% else %}none{% endfor %}'],
  ['{% for x in missing %}{{ x }}{% else %}none{% endfor %}'],
  ['{% for x in 5 %}{{ x }}{% else %}none{% endfor %}'],
  ['{% for x in "abc" %}{{ x }}-{% endfor %}'],
  ['{% for x in {a: 1} %}{{ x }}{% else %}none{% endfor %}'],
  ['{% for x in a %}{{ x }};{% endfor %}', { a: { length: 2, 0: 'p', 1: 'q' } }],
  ['{% for k, v in {a: 1, b: [2]} %}{{ k }}={{ v }};{% endfor %}'],
  ['{% for k, v in o %}{{ loop.index }}/{{ loop.length }}{{ k }}{% else %}empty{% endfor %}', { o: {} }],
  ['{% for k, v in o %}{{ k }}{{ v }}{{ loop.last }};{% endfor %}', { o: { 2: 'b', 1: 'a', x: 'c' } }],
  ['{% for a, b in [[1, 2], [3, 4]] %}{{ a }}+{{ b }};{% endfor %}'],
  ['{% for a, b, c in [[1, 2, 3], [4, 5]] %}{{ a }}{{ b }}{{ c }};{% endfor %}'],
  ['{% for a, b in ["xy", "zw"] %}{{ a }}{{ b }};{% endfor %}'],
  ['{% for i, c in "ab" %}{{ i }}{{ c }};{% endfor %}'],
  ['{% for a, b, c in {x: 1} %}{{ a }}{{ b }}{{ c }};{% endfor %}'],
  [
    '{% for x in [7,8,9] %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}' +
      '{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.nope }};{% endfor %}',
  ],
  ['{% for x in [1,2] %}{% for y in "ab" %}{{ loop.index }}{{ x }}{{ y }} {% endfor %}{{ loop.index }};{% endfor %}'],
  ['{% for x in [1,2] %}{{ loop | dump }}{% endfor %}'],
  ['{% for x in [1,2] %}{{ loop["index"] }}{% set key = "first" %}{{ loop[key] }}{% endfor %}'],
  ['{% for p in people %}{{ p.name }}:{{ p.tags | join("+") }} {% endfor %}', { people }],
  ['{{ x }}{% for x in [1] %}{{ x }}{% endfor %}{{ x }}', { x: 'out' }],
  ['{% for x in [] %}{% else %}[{{ x }}]{% endfor %}', { x: 'out' }],
  ['{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(2, 8, 3) %}{{ i }}{% endfor %}'],
  ['{% for i in range(3, 0, -1) %}{{ i }}{% endfor %}{{ range(0) }}{{ range(1, 1) }}{{ range(0, 1, 0.25) }}'],
  [
    '{% for x in [1, 2, 3] %}{% if loop.first %}[{% endif %}{{ x }}{% if not loop.last %}, ' +
      '{% else %}]{% endif %}{% endfor %}',
  ],
  ['{% for i in [1,2,3] -%} {{ i }} {%- endfor %}'],
  ['{% macro m(a) %}{{ a }}{% endmacro %}{% for x in m("ab") %}{{ x }},{% endfor %}'],
];

export const SETS: readonly Case[] = [
  ['{% set x = 1 %}{{ x }}'],
  ['{% set x, y = 2 %}{{ x }}{{ y }}'],
  ['{{ x }}{% set x = x + 1 %}{{ x }}', { x: 1 }],
  ['{% set x = 1 %}{% for i in [1,2] %}{% set x = x + i %}{% endfor %}{{ x }}'],
  ['{% for i in [1,2] %}{{ y }}{% set y = i %}{% endfor %}[{{ y }}]'],
  ['{% for i in [1,2] %}{% set x = x + i %}{% endfor %}{{ x }}', { x: 10 }],
  ['{% for x in [1,2] %}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}', { x: 'out' }],
  ['{% if true %}{% set x = 1 %}{% endif %}{{ x }}'],
  ['{% set x %}a{{ y }}<b>{% endset %}{{ x }}|{{ x | length }}', { y: '&' }],
  ['{% set x %}{% for i in [1,2] %}{{ i }}{% endfor %}{% endset %}[{{ x }}]'],
  ['{% set x = [1, 2] %}{% set y = {a: x} %}{{ y.a[1] }}'],
  ['{% set x = missing %}[{{ x }}]', { x: 'arg' }],
  ['{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}{{ m() }}'],
  ['{% set a = 1 %}{% for i in [1] %}{% for j in [1] %}{% set a = a + 1 %}{% endfor %}{% endfor %}{{ a }}'],
  ['{% for a, b in [[1, 2]] %}{% set a = 9 %}{{ a }}{{ b }}{% endfor %}{{ a }}', { a: 'out' }],
  ['{% set a = 3 %}{% for a, b in [[1, 2]] %}{% set a = 9 %}{{ a }}{% endfor %}{{ a }}'],
];

export const MACROS: readonly Case[] = [
  ['{% macro m() %}x{% endmacro %}{{ m() }}{{ m() }}'],
  ['{% macro m(a, b) %}[{{ a }}|{{ b }}]{% endmacro %}{{ m(1, 2) }}{{ m(1) }}{{ m() }}{{ m(1, 2, 3) }}'],
  ['{% macro m(a, b=2, c=3) %}{{ a }}{{ b }}{{ c }};{% endmacro %}{{ m(1) }}{{ m(1, c=9) }}{{ m(1, 8, 9) }}'],
  ['{% macro m(a, b=2) %}{{ a }}{{ b }};{% endmacro %}{{ m(b=5, a=4) }}{{ m(a=1) }}{{ m(1, b=none) }}'],
  ['{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m("x") }}'],
  ['{% macro m(a=1, b=a + 1) %}{{ a }}{{ b }};{% endmacro %}{{ m() }}{{ m(5) }}'],
  ['{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ m("<") }}{% set y = m("&") %}{{ y }}{{ y ~ "" }}'],
  ['{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}'],
  ['{% macro m(x) %}{{ x }}{{ y }}{% endmacro %}{% set y = 2 %}{{ m() }}', { x: 'arg', y: 'arg' }],
  ['{% macro m() %}{{ x }}{% endmacro %}{% for x in [1] %}{{ m() }}{% endfor %}', { x: 'arg' }],
  ['{% macro outer() %}{% macro inner() %}i{% endmacro %}{{ inner() }}{% endmacro %}{{ outer() }}{{ outer() }}'],
  ['{% macro m() %}{% set z = 1 %}{{ z }}{% endmacro %}{{ m() }}[{{ z }}]'],
  ['{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}body{% endcall %}'],
  ['{% macro m(t) %}{{ t }}{{ caller(1, 2) }}{% endmacro %}{% call(a, b) m("t") %}{{ a }}-{{ b }}{% endcall %}'],
  ['{% macro m() %}{{ caller() if caller else "none" }}{% endmacro %}{{ m() }}{% call m() %}c{% endcall %}'],
  [
    '{% macro m(items) %}{% for i in items %}{{ caller(i) }}{% endfor %}{% endmacro %}' +
      '{% call(x) m([1, 2]) %}<{{ x }}>{% endcall %}',
  ],
  [
    '{% macro m() %}{% for i in [1, 2] %}{{ caller() }}{% endfor %}{% endmacro %}' +
      '{% call m() %}{{ i }}{{ loop.index }}{% endcall %}',
  ],
  ['{% macro m(k="kw") %}{{ caller() }}{% endmacro %}{% call m() %}{{ k }}{% endcall %}'],
  ['{% macro m() %}{{ caller() }}{% endmacro %}{% for x in [1, 2] %}{% call m() %}{{ x }}{% endcall %}{% endfor %}'],
  ['{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% set q = 1 %}{{ q }}{% endcall %}[{{ q }}]'],
  ['{% macro a() %}[{{ caller() }}]{% endmacro %}{% macro b() %}{% call a() %}x{% endcall %}{% endmacro %}{{ b() }}'],
  ['{% macro m(f) %}{{ f(2) }}{% endmacro %}{% macro g(x) %}g{{ x }}{% endmacro %}{{ m(g) }}'],
  ['{% macro m(a, a2) %}{{ a }}{{ a2 }}{% endmacro %}{{ m(1, a2=2) }}{{ m(a2=1) }}'],
  ['{% macro m(x) -%}  {{ x }}  {%- endmacro %}[{{ m(1) }}]'],
  ['{% filter upper %}a{{ x }}b{% endfilter %}', { x: '<i>' }],
  ['{% filter replace("a", "b") %}banana{% endfilter %}{% filter indent(2) %}x\ny{% endfilter %}'],
  [
    '{% set c = cycler("a", "b", "c") %}{{ c.next() }}{{ c.next() }}{{ c.current }}' +
      '{{ c.next() }}{{ c.next() }}{{ c.reset() }}{{ c.current }}{{ c.next() }}',
  ],
  [
    '{% set j = joiner() %}{% for i in [1,2,3] %}{{ j() }}{{ i }}{% endfor %}' +
      '{% set k = joiner(" | ") %}{{ k() }}{{ k() }}',
  ],
  ['{% for i in [1,2] %}{% set c = cycler("o", "e") %}{{ c.next() }}{% endfor %}'],
];
