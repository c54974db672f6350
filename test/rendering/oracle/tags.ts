import { type Case, templates } from './case.ts';

const args = {
  n: 3,
  s: 'txt',
  list: ['a', 'b', 'c'],
  empty: [],
  rows: [
    { id: 1, tags: ['x', 'y'] },
    { id: 2, tags: [] },
  ],
  pairs: [
    ['k1', 1],
    ['k2', 2],
  ],
  map: { one: 1, two: [2], three: { v: 3 } },
  nothing: null,
};

export const IFS: readonly Case[] = templates(
  `
  {% if n %}{% endif %}.
  {% if n %}a{% if s %}b{% if missing %}c{% else %}d{% endif %}{% endif %}{% endif %}
  {% if n == 1 %}1{% elif n == 2 %}2{% elif n == 3 %}3{% elif n == 3 %}again{% else %}x{% endif %}
  {% if n == 1 %}1{% elseif n == 3 %}3{% endif %}
  {% if empty %}list{% endif %}{% if empty.length %}has{% else %}none{% endif %}
  {% if list | length > 2 %}many{% endif %}
  {% if nothing %}a{% elif nothing == none %}null{% endif %}
  {% if nothing is none and missing is undefined %}both{% endif %}
  {% if missing == none %}loose{% endif %}{% if missing === none %}strict{% endif %}
  {% if "a" in list %}in{% endif %}{% if "z" not in list %}out{% endif %}
  {% if not missing and not nothing or n %}y{% endif %}
  {% if (n or s) and missing %}a{% else %}b{% endif %}
  {% if n > 2 and n < 5 %}between{% endif %}
  {% if n is odd %}odd{% endif %}{% if n is not even %}not even{% endif %}
  {% if n is divisibleby(3) %}3{% endif %}
  {% if "0" == 0 %}a{% endif %}{% if "0" === 0 %}b{% endif %}{% if 0 == false %}c{% endif %}
  {% if 0 %}a{% endif %}{% if "0" %}b{% endif %}{% if " " %}c{% endif %}{% if 0.0 %}d{% endif %}
  {% if map.two[0] == 2 %}two{% endif %}{% if map["one"] %}one{% endif %}
  {% if s == "txt" %}{% set q = "in" %}{% endif %}{{ q }}
  {% if missing %}{% set q = "in" %}{% endif %}[{{ q }}]
  {% if true %}{% macro m() %}m{% endmacro %}{% endif %}{{ m() }}
  {% switch n %}{% case 1 %}a{% case 3 %}c{% endswitch %}
  {% switch n %}{% case "3" %}text{% default %}default{% endswitch %}
  {% switch s ~ "!" %}{% case "txt!" %}yes{% endswitch %}
  {% switch missing %}{% case none %}null{% case missing %}undefined{% default %}d{% endswitch %}
  {% switch n %}{% case n + 0 %}sum{% endswitch %}
  {% switch 1 %}{% case 1 %}{% case 2 %}{% default %}fall{% endswitch %}
  {% switch 1 %}{% case 1 %} {% case 2 %}b{% endswitch %}.
  {% switch 2 %}{% case 1 %}a{% case 2 %}{% switch 3 %}{% case 3 %}in{% endswitch %}{% default %}d{% endswitch %}
  {% for i in [1, 2, 3] %}{% switch i %}{% case 1 %}a{% case 2 %}b{% default %}z{% endswitch %}{% endfor %}
  {% switch n %}{% case 3 %}{% set w = 1 %}{% endswitch %}{{ w }}
`,
  args,
);

export const FORS: readonly Case[] = templates(
  `
  {% for i in list %}{{ i }}{% endfor %}
  {% for i in list %}{{ loop.index }}:{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}
  {% for i in list %}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.index0 }}{{ loop.first }}{{ loop.length }};{% endfor %}
  {% for i in empty %}x{% else %}empty{% endfor %}
  {% for i in missing.more %}x{% else %}none{% endfor %}
  {% for i in nothing %}x{% else %}null{% endfor %}
  {% for i in n %}x{% else %}number{% endfor %}
  {% for c in s %}{{ c }}.{% endfor %}
  {% for k, v in map %}{{ k }}={{ v }};{% endfor %}
  {% for k, v in map %}{{ loop.index }}/{{ loop.length }}{{ loop.last }} {% else %}x{% endfor %}
  {% for k in map %}{{ k }}{% else %}not a list{% endfor %}
  {% for a, b in pairs %}{{ a }}-{{ b }} {% endfor %}
  {% for p in pairs %}{{ p[0] }}{{ p }} {% endfor %}
  {% for a, b, c in pairs %}{{ a }}{{ b }}[{{ c }}]{% endfor %}
  {% for a, b in list %}{{ a }}[{{ b }}]{% endfor %}
  {% for r in rows %}{{ r.id }}{% for t in r.tags %}{{ t }}{{ loop.index }}{% else %}-{% endfor %}{{ loop.index }};{% endfor %}
  {% for r in rows %}{% set outer = loop.index %}{% for t in r.tags %}{{ outer }}{{ t }}{% endfor %}{% endfor %}
  {% for i in [1, 2] %}{% for i in [3, 4] %}{{ i }}{% endfor %}{{ i }}{% endfor %}
  {% for n in list %}{{ n }}{% endfor %}{{ n }}
  {% for i in list %}{% endfor %}[{{ i }}]
  {% for i in range(3) %}{{ i }}{% endfor %}
  {% for i in range(1, n) %}{{ i }}{% endfor %}
  {% for i in range(n, 0, -1) %}{{ i }}{% endfor %}
  {% for i in range(5, 10, 2.5) %}{{ i }};{% endfor %}
  {% for i in range(0) %}x{% else %}none{% endfor %}
  {% for i in range(-2, 0) %}{{ i }}{% endfor %}
  {% for i in list | reverse %}{{ i }}{% endfor %}
  {% for i in list | sort(true) %}{{ i }}{% endfor %}
  {% for k, v in map | dictsort %}{{ k }}{% endfor %}
  {% for i in list if n else empty %}{{ i }}{% endfor %}
  {% for i in (list if missing else empty) %}{{ i }}{% else %}e{% endfor %}
  {% for i in [list[0], n, "x" ~ s] %}{{ i }}{% endfor %}
  {% for i in {a: 1, b: 2}.keys %}x{% else %}no{% endfor %}
  {% for k, v in {a: 1, "b c": 2} %}{{ k }}{{ v }}{% endfor %}
  {% for k, v in {} %}x{% else %}none{% endfor %}
  {% for k, v in "ab" %}{{ k }}{{ v }}{% endfor %}
  {% for k, v in n %}x{% else %}none{% endfor %}
  {% for k, v in nothing %}x{% else %}none{% endfor %}
  {% for a, b in ("<x>" | e) %}{{ a }}{{ b }};{% endfor %}
  {% for a in ("<x>" | e) %}{{ a }};{% endfor %}
  {% for i in list %}{% if loop.first %}[{% endif %}{{ i }}{% if loop.last %}]{% endif %}{% endfor %}
  {% for i in list %}{{ loop.index is odd }}{% endfor %}
  {% set cyc = cycler("odd", "even") %}{% for i in list %}{{ cyc.next() }} {% endfor %}{{ cyc.current }}
  {% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.reset() }}{{ c.next() }}
  {% set c = cycler() %}[{{ c.next() }}{{ c.current }}]
  {% set comma = joiner() %}foo{{ comma() }}bar{{ comma() }}baz{{ comma() }}
  {% set pipe = joiner("|") %}foo{{ pipe() }}bar{{ pipe() }}baz{{ pipe() }}
  {% set j = joiner("<") %}{{ j() }}{{ j() }}
  {% for i in list %}{{ loop.index0 * 10 }},{{ loop.index0 + 1 == loop.index }} {% endfor %}
  {% for i in list %}{{ loop.missing }}{% endfor %}.
  {{ loop }}{{ loop.index }}.
  {% for i in list %}{% set i = i ~ "!" %}{{ i }}{% endfor %}
  {% for i in [none, missing, false, 0, ""] %}[{{ i }}]{% endfor %}
  {% for i in [[1, 2], [3]] %}{{ i | join("+") }};{% endfor %}
`,
  args,
);
