import { type Case, templates } from './case.ts';

const args = { v: 'arg', list: [1, 2], html: '<i>&' };

export const SCOPES: readonly Case[] = templates(
  `
  {% set username = "foo" %}{{ username }}
  {% set x, y = "foo" %}{{ x }}{{ y }}
  {% set x = 1 + 2 %}{{ x }}
  {% set v = v + "pasta" %}{{ v }}
  {% set v = none %}[{{ v }}]
  {% set v = false %}[{{ v }}]
  {% set v = missing %}[{{ v }}]
  {% set x = [] %}{{ x }}{{ x | length }}
  {% set x = {a: [1]} %}{{ x.a[0] }}
  {% set x = 1 if missing else 2 %}{{ x }}
  {% set x = v | upper %}{{ x }}
  {% set x = v == "arg" %}{{ x }}
  {% for i in [1] %}{% set val = 5 %}{% endfor %}[{{ val }}]
  {% for i in [1, 2, 3] %}{% if not val %}{% set val = 5 %}{% endif %}{% set val = val + 1 %}{{ val }}{% endfor %}[{{ val }}]
  {% set val = 1 %}{% for i in [1] %}{% set val = 5 %}{% endfor %}{{ val }}
  {% set val = 5 %}{% for i in [1, 2, 3] %}{% set val = val + 1 %}{{ val }}{% endfor %}after {{ val }}
  {% for i in [1] %}{% set v = 2 %}{% endfor %}{{ v }}
  {% set var = "foo" %}{% for i in [1] %}{% set var = none %}[{{ var }}]{% endfor %}[{{ var }}]
  {% set x = "hello" %}{% if false %}{% set x = "world" %}{% endif %}{{ x }}
  {% set x = "blue" %}{% if true %}{% set x = "green" %}{% endif %}{{ x }}
  {% for i in list %}{% if i == 1 %}{% set seen = i %}{% endif %}{{ seen }}{% endfor %}[{{ seen }}]
  {% for i in list %}{% for j in list %}{% set k = i * j %}{% endfor %}[{{ k }}]{% endfor %}
  {% for i in list %}{% set k = 0 %}{% for j in list %}{% set k = k + j %}{% endfor %}{{ k }};{% endfor %}
  {% set block %}{% endset %}[{{ block }}]
  {% set block %}test {{ v }}{% endset %}{{ block }}
  {% set block %}<b>{{ html }}</b>{% endset %}{{ block }}
  {% set x, y, z %}cool{% endset %}{{ x }} {{ y }} {{ z }}
  {% set a %}{% set b %}in{% endset %}{{ b }}{{ b }}{% endset %}{{ a }}|{{ b }}
  {% set a %}{% for i in list %}{{ i }},{% endfor %}{% endset %}{{ a | trim }}{{ a | length }}
  {% set a %}{% if v %}y{% else %}n{% endif %}{% endset %}{{ a == "y" }}
  {%- macro foo(bar) -%}{%- set test -%}foo{%- endset -%}{{ bar }}{{ test }}{%- endmacro -%}{{ foo("bar") }}
  {% macro foo() %}{% set x = "foo" %}{{ x }}{% endmacro %}{% set x = "bar" %}{{ x }}{{ foo() }}{{ x }}
  {% macro one(var) %}{{ two() }}{% endmacro %}{% macro two() %}[{{ var }}]{% endmacro %}{{ one("foo") }}
  {% macro setFoo() %}{% set x = "foo" %}{{ x }}{% endmacro %}{% macro d() %}{% set x = "bar" %}{{ setFoo() }}{{ x }}{% endmacro %}{{ d() }}
  {% macro f(top, p="") %}{% if top %}{% set x = "" %}{% for i in [1, 2] %}{{ f(false, x) }}{% endfor %}{% else %}{% set x = p + "foo" %}{{ x }}{% endif %}{% endmacro %}{{ f(true) }}
  {% set t = 1 %}{% macro m() %}{{ t }}{% set t = 2 %}{{ t }}{% endmacro %}{{ m() }}{{ t }}
  {% macro m(v) %}{{ v }}{% set v = 9 %}{{ v }}{% endmacro %}{{ m(1) }}{{ v }}
  {% macro m() %}{% for i in list %}{{ i }}{{ loop.last }}{% endfor %}{% endmacro %}{{ m() }}
  {% for i in list %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}
  {% set x = 1 %}{% filter upper %}{% set x = 2 %}a{% endfilter %}{{ x }}
  {{ y }}{% set y = 1 %}{{ y }}{% set y = y + 1 %}{{ y }}
`,
  args,
);

export const CALLS: readonly Case[] = templates(
  `
  {% macro foo() %}This is a macro{% endmacro %}{{ foo() }}
  {% macro foo(x, y) %}{{ y }}{% endmacro %}[{{ foo(1) }}]{{ foo(1, 2) }}
  {% macro foo(x) %}{{ x | title }}{% endmacro %}{{ foo("foo") }}
  {% macro foo(x, y, z=5) %}{{ x }}{{ y }}{{ z }}{% endmacro %}{{ foo(1, 2) }} {{ foo(1, y=2) }} {{ foo(x=1, y=2) }}
  {% macro foo(x, y, z=5) %}{{ x }}{{ y }}{{ z }}{% endmacro %}{{ foo(x=1, y=2, z=3) }} {{ foo(z=3, y=2, x=1) }}
  {% macro foo(x, y=2, z=5) %}{{ x }}{{ y }}{{ z }}{% endmacro %}{{ foo(1, z=3) }} {{ foo(1, 10, 20) }} {{ foo(1) }}
  {% macro foo(x, y=2) %}{{ x }}{{ y }}{% endmacro %}{{ foo(1, 2, 3, 4) }} {{ foo(1, nope=4) }}
  {% macro foo(a="d") %}[{{ a }}]{% endmacro %}{{ foo() }}{{ foo(none) }}{{ foo(missing) }}{{ foo("") }}{{ foo(a=0) }}
  {% macro foo(a=list) %}{{ a }}{% endmacro %}{{ foo() }}
  {% macro foo(a, b=a ~ "!") %}{{ b }}{% endmacro %}{{ foo("x") }}{{ foo("x", "y") }}
  {% macro foo(x) %}<b>{{ x }}</b>{% endmacro %}{{ foo(html) }}{{ foo(foo(html)) }}
  {% macro foo(x) %}<b>{{ x }}</b>{% endmacro %}{% set y = foo("a") %}{{ y }}{{ y | length }}{{ y | upper }}{{ y ~ "<" }}
  {% macro foo(x) %}{{ x }}{% endmacro %}{{ foo("a") + "<" }}{{ foo("a") == "a" }}{{ foo("") or "empty" }}
  {% macro foo() %}{% endmacro %}[{{ foo() }}]{{ "t" if foo() else "f" }}
  {% macro foo() %}{% endmacro %}{{ foo is callable }}{{ foo() is string }}{{ foo() is escaped }}
  {% macro a() %}a{{ b() }}{% endmacro %}{% macro b() %}b{% endmacro %}{{ a() }}
  {% macro fib(n) %}{{ n if n < 2 else (fib(n - 1) | int) + (fib(n - 2) | int) }}{% endmacro %}{{ fib(5) }}
  {% macro m(f, x) %}{{ f(x) }}{% endmacro %}{% macro g(x) %}<{{ x }}>{% endmacro %}{{ m(g, 1) }}
  {% macro outer() %}{% macro inner(x) %}i{{ x }}{% endmacro %}{{ inner(1) }}{{ inner(2) }}{% endmacro %}{{ outer() }}
  {% macro macro1() %}{% endmacro %}{% macro macro2(macro1="default") %}{{ macro1 }}{% endmacro %}{{ macro2("out") }}
  {% macro macro1() %} foo{% endmacro %}{% macro macro2(text="d") %}{{ macro1() }}{% endmacro %}{{ macro2("x") }}
  {% macro wrap(el) %}<{{ el }}>{{ caller() }}</{{ el }}>{% endmacro %}{% call wrap("div") %}Hello{% endcall %}
  {% macro l(items) %}{% for i in items %}<li>{{ caller(i) }}</li>{% endfor %}{% endmacro %}{% call(item) l(["a", "b"]) %}{{ item }}{% endcall %}
  {% macro m() %}{{ caller(1, 2) }}{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}
  {% macro m() %}{{ caller(1) }}{% endmacro %}{% call(a, b="d") m() %}{{ a }}{{ b }}{% endcall %}
  {% macro m() %}{{ caller(b=3, a=1) }}{% endmacro %}{% call(a, b="d") m() %}{{ a }}{{ b }}{% endcall %}
  {% macro m(x="d") %}{{ x }}{{ caller() }}{% endmacro %}{% call m(x="k") %}c{% endcall %}{% call m() %}c{% endcall %}
  {% macro m() %}[{{ caller() }}{{ caller() }}]{% endmacro %}{% call m() %}{{ html }}{% endcall %}
  {% macro m() %}{{ caller() | upper }}{% endmacro %}{% call m() %}a{{ v }}{% endcall %}
  {% macro m() %}{{ "c" if caller else "n" }}{% endmacro %}{{ m() }}{% call m() %}{% endcall %}
  {% macro inside() %}{{ caller() }}{% endmacro %}{% macro out(var) %}{{ var }} {% call inside() %}{{ var }}{% endcall %}{% endmacro %}{{ out("foobar") }}
  {% macro m() %}{{ caller() }}{% endmacro %}{% for i in list %}{% call m() %}{{ i }}{{ loop.index }}{% endcall %}{% endfor %}
  {% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% call m() %}nested{% endcall %}{% endcall %}
  {% macro m() %}{{ caller() }}{% endmacro %}{% set x = 1 %}{% call m() %}{% set x = 2 %}{{ x }}{% endcall %}{{ x }}
  {% macro m() %}{% set x = 5 %}{{ caller() }}{% endmacro %}{% call m() %}[{{ x }}]{% endcall %}
  {% filter upper %}a {{ v }} {% for i in list %}{{ i }}{% endfor %}{% endfilter %}
  {% filter replace("a", "b") %}aaa{% endfilter %}{% filter title %}hello world{% endfilter %}
  {% filter escape %}<b>{% endfilter %}{% filter e %}{{ html }}{% endfilter %}
  {% filter length %}abcd{% endfilter %}{% filter trim %}  x  {% endfilter %}|
  {% filter upper %}{% filter replace("A", "x") %}aA{% endfilter %}{% endfilter %}
  {% filter indent(2, true) %}a{% endfilter %}{% filter truncate(3, true) %}abcdef{% endfilter %}
  {% filter default("none") %}{% endfilter %}[{% filter default("none", true) %}{% endfilter %}]
`,
  args,
);
