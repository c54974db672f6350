import type { Random } from './random.ts';

/** Templates that would take for ever, or all memory, without a budget. */
const BURNERS = [
  '{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}',
  '{% set s = name ~ "x" %}{% for i in range(60) %}{% set s = s ~ s %}{% endfor %}{{ s|length }}',
  '{% set s = [1] %}{% for i in range(60) %}{% set s = [s, s] %}{% endfor %}{{ s|dump|length }}',
  '{% set s = [1] %}{% for i in range(22) %}{% set s = [s, s] %}{% endfor %}{{ s }}{{ s == s }}{{ s|join|length }}',
  '{% set s = {a: 1} %}{% for i in range(60) %}{% set s = {a: s, b: s} %}{% endfor %}{{ s|dump }}{{ box[s] }}',
  '{% set s = "ab" %}{% for i in range(40) %}{% set s = s|replace("a", s) %}{% endfor %}{{ s|length }}',
  '{% set s = "ab" %}{% for i in range(40) %}{% set s = s|replace("", s) %}{% endfor %}{{ s|length }}',
  '{% set s = "&" %}{% for i in range(400) %}{% set s = s|forceescape|forceescape|string %}{% endfor %}{{ s|length }}',
  '{% set s = "%" %}{% for i in range(900) %}{% set s = s|urlencode|urlencode %}{% endfor %}{{ s|length }}',
  '{% set s %}0123456789{% endset %}{% for i in range(40) %}{% set s %}{{ s }}{{ s }}{% endset %}{% endfor %}',
  '{% for i in range(1000) %}{{ range(1000)|sort|length }}{{ range(1000)|groupby("x")|length }}{% endfor %}',
  '{% for i in range(500) %}{{ range(1000)|batch(7)|length }}{{ range(1000)|slice(7)|length }}{% endfor %}',
  '{% for i in range(900) %}{{ "x"|center(90000)|list|length }}{{ "x "|center(90000)|wordcount }}{% endfor %}',
  '{% for i in range(900) %}{{ "x "|center(90000)|title|length }}{{ ("a<"|center(9000))|striptags|length }}{% endfor %}',
  '{% for i in range(900) %}{{ ("a@a."|center(9000))|replace(" ", "a.")|urlize|length }}{% endfor %}',
  '{% for i in range(900) %}{{ ("é"|center(9000))|slugify|length }}{{ "x"|center(90000)|capitalize|length }}{% endfor %}',
  '{% for i in range(900) %}{{ "a"|center(90000) < "a"|center(90001) }}{{ "b" in ("a"|center(9000)) }}{% endfor %}',
  '{% for i in range(300) %}{{ (("ab"|center(9000)) ~ "c") in ("ab"|center(250000)) }}{% endfor %}',
  '{% for i in range(900) %}{{ ("1"|center(90000))|int }}{{ ("1"|center(90000))|float }}{{ "1"|center(9000) * 1 }}{% endfor %}',
  '{% for i in range(900) %}{{ range(900)|unique|length }}{{ range(900)|map("x")|length }}{{ range(900)|sum }}{% endfor %}',
  '{% for i in range(900) %}{{ range(900)|concat(with=range(900))|reverse|last }}{% endfor %}',
  '{% for i in range(900) %}{{ range(900)|select("divisibleby", 3)|list|length }}{{ range(900)|join|length }}{% endfor %}',
  '{% for i in range(900) %}{{ 9007199254740991|round(i) }}{{ i|filesizeformat }}{{ "x"|indent(9000)|length }}{% endfor %}',
  '{{ fake|list|length }}{% for x in fake %}{{ x }}{% endfor %}{{ fake|reverse|length }}{{ fake|select|length }}',
  '{% macro r1() %}{{ r1() }}{% endmacro %}{{ r1() }}',
  '{% macro r2(n) %}{% for i in range(9) %}{{ r2(n + 1) }}{% endfor %}{% endmacro %}{{ r2(0) }}',
  '{% macro r3(n) %}{% call r3(n) %}{{ caller() }}{% endcall %}{% endmacro %}{% call r3(1) %}x{% endcall %}',
  '{% macro r4(s) %}{{ s }}{{ s }}{% endmacro %}{% set s = "xy" %}{% for i in range(40) %}{% set s = r4(s) %}{% endfor %}{{ s }}',
  '{% for i in range(9999) %}<rect width="1" height="1" fill="red" stroke="blue" class="a b c d e f g h"/>{% endfor %}',
];

export const burner = (random: Random): string => random.pick(BURNERS);
