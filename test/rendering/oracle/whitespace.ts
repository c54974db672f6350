import type { Case } from './case.ts';

const TEXTS = ['a {0} b', 'a\n  {0}\n  b', '\n{0}\n', '{0}', 'a\t{0}\r\nb', ' \u00a0{0}\u2003 ', '<g> {0} </g>\n\n'];

/** Everything that can be written with and without `-` on either side. */
const TRIMMED = [
  '{{<- "x" ->}}',
  '{{<-1 + 2->}}',
  '{#<- c ->#}',
  '{%<- set y = 1 ->%}',
  '{%<- if true ->%} t {%<- endif ->%}',
  '{%<- if false ->%} t {%<- else ->%} e {%<- endif ->%}',
  '{%<- for i in [1, 2] ->%} {{ i }} {%<- endfor ->%}',
  '{%<- for i in [] ->%} . {%<- else ->%} none {%<- endfor ->%}',
  '{%<- filter upper ->%} f {%<- endfilter ->%}',
  '{%<- set z ->%} s {%<- endset ->%}[{{ z }}]',
  '{%<- macro m() ->%} m {%<- endmacro ->%}[{{ m() }}]',
  '{%<- switch 1 ->%} {%<- case 1 ->%} one {%<- default ->%} d {%<- endswitch ->%}',
  '{%<- raw ->%} r {% endraw %}',
  '{%<- verbatim ->%} {{ v }} {% endverbatim %}',
];

/** No dash, all dashes, only those that open, only those that close. */
const dashed = (tag: string): readonly string[] => [
  tag.replaceAll('<-', '').replaceAll('->', ''),
  tag.replaceAll('<-', '-').replaceAll('->', '-'),
  tag.replaceAll('<-', '-').replaceAll('->', ''),
  tag.replaceAll('<-', '').replaceAll('->', '-'),
];

export const WHITESPACE: readonly Case[] = [
  ...TRIMMED.flatMap((tag) =>
    dashed(tag).flatMap((written) => TEXTS.map((text): Case => [text.replace('{0}', () => written)])),
  ),
  ['{% if true -%}{{"hello"}} {{"world"}}{% endif %}'],
  ['{% if true -%}{% if true %} {{"hello"}} {{"world"}}{% endif %}{% endif %}'],
  ['{% if true -%}{# comment #} {{"hello"}}{% endif %}'],
  ["Well, {{- ' hello, ' -}} my friend"],
  [' {{-2 + 2 }} '],
  [' {{ -2 + 2 }} '],
  [' {{ 2 + 2 -}} '],
  ['a {{- 1 -}}{{- 2 -}} b'],
  ['a {{ 1 -}}\n\n{# c #}\n\n{{- 2 }} b'],
  ['a {#- c -#} {#- d -#} b'],
  ['{%if true%}a{%endif%}{{1}}{#c#}'],
  ['{%\nif\ttrue\n%}a{%\n\nendif %}{{\n1\n+\n2\n}}'],
  ['{%-if true-%} a {%-endif-%} b'],
  ['{# multi\nline {{ x }} {% raw %} #}a'],
  ['{##}a{# #}'],
  ['{#-#}a', {}],
  ['{# }} %} {# #}a'],
  ['a{#--#} b'],
  ['{% raw -%} {{ a }} {%- endraw %}{% endraw %}'],
  ['{% raw %} {% endraw %}{% raw %}{% endraw %}'],
  ['{%raw%}x{%endraw%}'],
  ['{%  raw  %}x{%  endraw  %}'],
  ['{% raw %}{# {{ }} #}{% verbatim %}{% endraw %}'],
  ['{% verbatim %}{% verbatim %}{% endverbatim %}{% raw %}{% endverbatim %}'],
  ['{% if false %}{% raw %}{% endif %}{% endraw %}{% endif %}.'],
  ['\u2028{{ 1 }}\u2029\ufeff'],
  ['foo\\nbar \\ \' " ` $'],
  ['{', {}],
  ['{ {1} } { % } { # }'],
  ['}} {{ 1 }} %}'],
  ['a{{ 1 }}}'],
  ['{ {{ 1 }} }'],
];
