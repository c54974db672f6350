import { describe, expect, test } from 'vitest';
import { plainRefusalOf } from './plain.ts';

/** What is refused when the template is compiled: the template, then line and column of the mistake, then the words. */
const REFUSED: readonly (readonly [template: string, line: number, column: number, words: RegExp])[] = [
  ['{% include "a" %}', 1, 4, /other templates/],
  ['a\n  {% import "a" as b %}', 2, 6, /other templates/],
  ['{% from "a" import b %}', 1, 4, /other templates/],
  ['{% extends "a" %}', 1, 4, /other templates/],
  ['{% block a %}{% endblock %}', 1, 4, /inheritance/],
  ['{% asyncEach x in y %}{% endeach %}', 1, 4, /use "for"/],
  ['{% asyncAll x in y %}{% endall %}', 1, 4, /use "for"/],
  ['{% ifAsync x %}{% endif %}', 1, 4, /use "if"/],
  ['{% do x %}', 1, 4, /no tag "do"/],
  ['{% break %}', 1, 4, /"break" stands in no "for"/],
  ['{% for a in b %}{% else %}{% continue %}{% endfor %}', 1, 30, /"continue" stands in no "for"/],
  ['{% for a in b %}{% macro m() %}{% break %}{% endmacro %}{% endfor %}', 1, 35, /in no "for"/],
  ['{% for a in b %}{% set c %}{% break %}{% endset %}{% endfor %}', 1, 31, /in no "for"/],
  ['{% for a in b %}{% break a %}{% endfor %}', 1, 26, /end of the tag "break"/],
  ['{% macro m() %}{% endmacro m n %}.', 1, 30, /end of the tag "endmacro"/],
  ['{{ a.0b }}', 1, 7, /Expected "}}"/],
  ['{{ self:m() }}', 1, 8, /Expected "}}"/],
  ['{{ self::include() }}', 1, 10, /cannot be called/],
  ['{{ `abc', 1, 4, /a ` is missing at its end/],
  ['{% endif %}', 1, 4, /no open \{% if %\} before it/],
  ['{% else %}', 1, 4, /outside of any \{% if %\}/],
  ['{{ x | replace(r/a/g, "b") }}', 1, 16, /Regular expressions/],
  ['{{ x | safe }}', 1, 8, /"safe"/],
  ['{% filter safe %}x{% endfilter %}', 1, 11, /"safe"/],
  ['{{ [1] | random }}', 1, 10, /another picture each time/],
  ['{{ x |\n nope }}', 2, 2, /no filter "nope"/],
  ['{{ x | a.b }}', 1, 8, /no filter "a.b"/],
  ['{{ x is nope }}', 1, 9, /no test "nope"/],
  ['{{ x is "odd" }}', 1, 9, /name of a test/],
  ['{{ x is a.b }}', 1, 10, /name of a test/],
  ['{{ x is divisibleby(1, 2) }}', 1, 20, /one argument/],
  ['{{ [1] | select("nope") }}', 1, 17, /no test "nope"/],
  ['{{ x | default(valu=1) }}', 1, 16, /no parameter "valu"/],
  ['{{ x | slice(2, start=1) }}', 1, 17, /no parameter "start"/],
  ['{{ x | slice(begin=1) }}', 1, 14, /no parameter "begin"/],
  ['{{ range(until=3) }}', 1, 4, /"range" has no parameter "until"/],
  ['{{ range(1, end=3) }}', 1, 4, /"range" takes start, stop and step/],
  ['{{ [1] | sort(by=1) }}', 1, 15, /no parameter "by"/],
  ['{{ foo() }}', 1, 4, /"foo" cannot be called/],
  ['{{ a.b() }}', 1, 4, /can be called/],
  ['{{ a["next"].b() }}', 1, 4, /can be called/],
  ['{{ super() }}', 1, 4, /cannot be called/],
  ['{{ (range)(3) }}', 1, 4, /can be called/],
  ['{{ range(3)(1) }}', 1, 4, /can be called/],
  ['{% set a.b = 1 %}', 1, 9, /name to set/],
  ['{% set a[0] = 1 %}', 1, 9, /name to set/],
  ['{% set "a" = 1 %}', 1, 8, /name to set/],
  ['{% set a, "b" = 1 %}', 1, 11, /name to set/],
  ['{% for a, b.c in d %}{% endfor %}', 1, 12, /name of the loop/],
  ['{% for "a" in d %}{% endfor %}', 1, 12, /variable name/i],
  ['{% macro "m"() %}{% endmacro %}', 1, 10, /name of a macro/],
  ['{% macro m(a.b) %}{% endmacro %}', 1, 13, /parameter/],
  ['{% macro m(1) %}{% endmacro %}', 1, 12, /parameter/],
  ['{{ {1: 2} }}', 1, 5, /key/],
  ['{{ {[1]: 2} }}', 1, 5, /key/],
  ['{{ () }}', 1, 4, /empty/],
  ['{{ a[] }}', 1, 5, /empty/],
  ['{{ a`b }}', 1, 4, /letters, digits/],
  ['{{ 1a }}', 1, 4, /a number has digits only/],
  ['{{ a b }}', 1, 6, /Expected "}}"/],
  ['{{ "abc', 1, 4, /a " is missing at its end/],
  ['{{ a', 1, 5, /Expected "}}"/],
  ['{{ }}', 1, 4, /A value is missing/],
  ['{% if %}{% endif %}', 1, 7, /A value is missing in the tag "if"/],
  ['{% if a', 1, 8, /Expected "%\}" here/],
  ['text\n{% if a %}\n{% for b in c %}\n{% endif %}', 4, 4, /the \{% for %\} of line 3 is open; write \{% endfor %\}/],
  ['text\n{% if a %}\n', 2, 4, /write \{% endif %\}/],
  ['{% macro m() %}{% for x in y %}', 1, 19, /write \{% endfor %\}/],
  ['{% raw %}\n{{ a }}', 1, 4, /write \{% endraw %\}/],
  ['{% raw %}{% raw %}{% endraw %}', 1, 4, /write \{% endraw %\}/],
  ['{% call m %}{% endcall %}', 1, 4, /./],
  ['{% switch a %}{% endswitch %}', 1, 4, /./],
  ['{# never', 1, 1, /never closed/],
  ['a #} b', 1, 3, /closes no comment/],
  ['{%', 1, 3, /ends inside a tag/],
  ['{% %}', 1, 4, /name of a tag/],
];

describe('a template is refused when it is compiled, with the place of the mistake', () => {
  test.each(REFUSED.map(([template, line, column, words]) => ({ template, line, column, words })))(
    '$template',
    ({ template, line, column, words }) => {
      const { code, message, details } = plainRefusalOf(template);
      expect({ code, line: details.line, column: details.column }).toEqual({ code: 'TEMPLATE_ERROR', line, column });
      expect(message).toMatch(words);
      expect(message).toContain(`Line ${line}, column ${column}: `);
    },
  );
});

/** What only the args decide. */
const FAILING: readonly (readonly [template: string, line: number, column: number, words: RegExp])[] = [
  ['{% macro m() %}{% endmacro %}{% set m = 1 %}\n{{ m() }}', 2, 4, /it is a number, and no macro/],
  ['{{ n() }}{% macro n() %}{% endmacro %}', 1, 4, /not defined here/],
  ['\n{{ five | upper }}', 2, 11, /takes a text, and not a number/],
  ['{{ five | join }}', 1, 11, /takes a list/],
  ['{{ 1 in five }}', 1, 4, /"in" searches/],
  ['{{ five | dictsort }}', 1, 11, /takes an object/],
  ['{{ {} | dictsort(false, "x") }}', 1, 9, /"key" or by "value"/],
  ['{{ [1] | select(name) }}', 1, 10, /no test "constructor"/],
  ['{{ five.next() }}', 1, 4, /only a cycler/],
  ['{% for a, b in [none] %}{% endfor %}', 1, 4, /nothing/],
  ['{{ [none] | join(",", "x") }}', 1, 13, /is nothing/],
  ['{{ [["a", 1], none] | urlencode }}', 1, 23, /pairs of a name and a value/],
  ['{{ five | list }}', 1, 11, /"list" takes/],
];

test.each(FAILING.map(([template, line, column, words]) => ({ template, line, column, words })))(
  'a render fails with the place of what failed: $template',
  ({ template, line, column, words }) => {
    const { code, message, details } = plainRefusalOf(template, { five: 5, name: 'constructor' });
    expect({ code, line: details.line, column: details.column }).toEqual({ code: 'TEMPLATE_ERROR', line, column });
    expect(message).toMatch(words);
  },
);
