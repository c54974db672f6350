import { describe, expect, test } from 'vitest';
import { pieceText, refusalOf, renderPiece } from '../rendering.ts';

const refusalOfPiece = (piece: string) => refusalOf(`<svg viewBox="0 0 9 9">${piece}</svg>`);

describe('branches that end in the same place', () => {
  test.each<[string, string]>([
    ['{% if a %}<g>{% else %}<g id="x">{% endif %}</g>', '<g></g>'],
    ['<g{% if a %} id="x"{% endif %} class="y"/>', '<g id="x" class="y"/>'],
    ['<g {% if a %}id="x"{% else %}id="y"{% endif %}/>', '<g id="x"/>'],
    ['<g fill="{% if a %}red{% else %}blue{% endif %}"/>', '<g fill="red"/>'],
    ['<g fill="{% if a %}url(#x){% else %}none{% endif %}"/>', '<g fill="url(#x)"/>'],
    ['<use href="{% if a %}#x{% else %}#y{% endif %}"/>', '<use href="#x"/>'],
    ['<use href="#{% if a %}x{% else %}y{% endif %}"/>', '<use href="#x"/>'],
    ['<style>{% if a %}.x { fill: red }{% endif %}</style>', '<style>.x { fill: red }</style>'],
    ['{% switch a %}{% case 1 %}<g>{% case 2 %}{% default %}<g>{% endswitch %}</g>', '<g></g>'],
    ['{% for i in [1, 2] %}<g/>{% else %}<text y="1">none</text>{% endfor %}', '<g/><g/>'],
    ['<g>{% for i in [1, 2, 3] %}{% if i == 2 %}{% continue %}{% endif %}<a/>{% endfor %}</g>', '<g><a/><a/></g>'],
    ['{% for i in [1, 2] %}<g>{% if i == 3 %}</g>{% break %}{% endif %}</g>{% endfor %}', '<g></g><g></g>'],
    ['<g points="{% for i in [1, 2] %}{{ i }},{{ i }} {% endfor %}"/>', '<g points="1,1 2,2 "/>'],
    ['<g{# a note #} id="x"/>{# another #}', '<g id="x"/>'],
    ['<!-- a {# b #} c -->', '<!-- a  c -->'],
    ['{% set x %}<b>{{ a }}{% endset %}<text>{{ x }}</text>', '<text>&lt;b&gt;1</text>'],
    ['{% raw %}<g id="{{ a }}"/>{% endraw %}', '<g id="{{ a }}"/>'],
  ])('%s', (piece, text) => {
    expect(pieceText(piece, { a: 1 })).toBe(text);
  });

  test('a root in each branch', () => {
    const template =
      '{% if a %}<svg width="1" height="1"/>{% else %}<svg viewBox="0 0 1 1">{% if b %}</svg>{% else %}</svg>{% endif %}{% endif %}';
    expect(refusalOf(template.replace('{% else %}</svg>', '')).message).toContain('end in different places');
    expect(() => refusalOf(template)).toThrow('Not refused');
  });
});

describe('what would be ill-formed in one render or another is refused, with the line', () => {
  test.each([
    [
      '{% if a %}<g>{% endif %}</g>',
      /branches of this "if" end in different places: one in <g>, one in <svg>; .*"else"/,
    ],
    ['{% if a %}<g>{% else %}<a>{% endif %}</g>', /in different places: one in <g>, one in <a>/],
    ['{% if a %}<g>{% endif %}x{% if a %}</g>{% endif %}', /open and close the same/],
    [
      '<g {% if a %}id="x"{% endif %} {% if not a %}id="y"{% endif %}/>',
      /can get the attribute "id" twice; write both forms in one/,
    ],
    ['<g {% for i in b %}id="x" {% endfor %}/>', /Each pass of this loop would write the attribute "id" again/],
    ['<g {% if a %}id="{% endif %}"/>', /different places/],
    ['<g id="{% if a %}"{% else %}" {% endif %}class="x"/>', /space is missing/],
    [
      '{% for i in b %}<g>{% endfor %}',
      /A pass of this loop begins in <svg> and ends in <g>; close in it what it opens/,
    ],
    ['<g>{% for i in b %}</g>{% endfor %}', /A pass of this loop/],
    ['{% for i in b %}<g>{% break %}</g>{% endfor %}', /A pass of this loop/],
    ['{% for i in b %}<g>{% if i %}{% continue %}{% endif %}</g>{% endfor %}', /A pass of this loop/],
    ['{% for i in b %}{% else %}<g>{% endfor %}', /different places/],
    ['{% switch a %}{% case 1 %}<g>{% endswitch %}', /different places/],
    ['{% macro m() %}<g>{% endmacro %}{{ m() }}', /A macro must close what it opens; this one ends in <g>/],
    ['{% macro m() %}</g>{% endmacro %}<g>{{ m() }}', /no element is open here/],
    ['{% macro m() %}<g id="{% endmacro %}{{ m() }}', /A macro must close/],
    ['{% macro m() %}{% endmacro %}{% call m() %}<g>{% endcall %}', /must close what it opens/],
    ['{% macro m() %}<script/>{% endmacro %}', /runs no script/],
    ['{% set x %}{% macro m() %}<script/>{% endmacro %}{% endset %}', /runs no script/],
    ['{% macro m() %}<use xlink:href="#a"/>{% endmacro %}{{ m() }}', /add xmlns:xlink=/],
    ['<!-- {% set a = 1 %} -->', /A tag of the template may not stand in a comment/],
    ['<g {% if a %}xmlns:x="urn:x"{% endif %}/>', /"xmlns:x" in some branches only/],
    ['<g x="1"{% if a %} {% endif %}y="1"/>', /space is missing/],
    ['<g{% if a %}x{% endif %}="1"/>', /space is missing/],
    ['<style>{% if a %}/*{% endif %} url(x) */</style>', /loads nothing|different places/],
    ['<g fill="{% if a %}ur{% endif %}l(http://x)"/>', /name of the function in the template/],
    ['<use href="{% if a %}#{% endif %}x"/>', /different places/],
    ['<style>{% for i in b %}rl(http://x)u{% endfor %}</style>', /name of the function in the template/],
    ['<g fill="{% for i in b %}ur{% endfor %}l(http://x)"/>', /name of the function in the template/],
    [
      '<g fill="{% for i in b %}{% if i %}u{% continue %}{% endif %}{% endfor %}rl(http://x)"/>',
      /name of the function/,
    ],
    ['<style>@{% for i in b %}x{% endfor %}import "x";</style>', /begins in the value|A pass of this loop|with "@"/],
    [`<style>${'{% for a in b %}u'.repeat(14)}${'{% endfor %}'.repeat(14)}</style>`, /too many loops in styles/],
    ['<text>]]{# a #}></text>', /may not stand in a text/],
    ['<text>a > b ]]></text>', /write "\]\]&gt;"/],
  ])('%s', (piece, words) => {
    const { code, message, details } = refusalOfPiece(piece);
    expect(code).toBe('TEMPLATE_ERROR');
    expect(message).toMatch(words);
    expect(details).toMatchObject({ line: 1, column: expect.any(Number) });
  });

  test('the place is that in the template, white space control or not', () => {
    const { details } = refusalOf('<svg>\n  {%- if a -%}\n\n   <g>\n   </h>\n{% endif %}</svg>');
    expect(details).toEqual({ line: 5, column: 4 });
  });
});

describe('markup made by macros', () => {
  test.each<[string, string]>([
    ['{% macro m(x) %}<a id="{{ x }}">{{ x }}</a>{% endmacro %}{{ m("<") }}', '<a id="&lt;">&lt;</a>'],
    [
      '{% macro c(n) %}{% if n > 8 %}red{% else %}green{% endif %}{% endmacro %}<g fill="{{ c(9) }}"/>',
      '<g fill="red"/>',
    ],
    [
      `{% macro q() %}it's > 5 &amp; "6"{% endmacro %}<g id="{{ q() }}"/>`,
      '<g id="it&#39;s &gt; 5 &amp; &quot;6&quot;"/>',
    ],
    ['{% macro u() %}#a{% endmacro %}<use href="{{ u() }}"/>', '<use href="#a"/>'],
    ['{% macro w() %}<g>{{ caller() }}</g>{% endmacro %}{% call w() %}<a/>{% endcall %}', '<g><a/></g>'],
    ['{% macro t() %} <a/> {% endmacro %}{{ t() | trim }}', '<a/>'],
    ['{% macro t() %}<a/>{% endmacro %}{{ t() ~ "" }}', '&lt;a/&gt;'],
  ])('%s', (piece, text) => {
    expect(pieceText(piece)).toBe(text);
  });

  test.each([
    '{% macro t() %}x{% endmacro %}{{ t() | replace("x", "<script/>") }}',
    '{% macro t() %}<a/>{% endmacro %}{{ t() | replace("a", "script") }}',
    '{% macro t() %}<a/>{% endmacro %}{{ t() | replace("/", "") }}',
    '{% macro t() %}x{% endmacro %}{{ t() | replace("x", "&") }}',
    '{% macro t() %}<a/>{% endmacro %}<g id="{{ t() }}"/>',
    '{% macro t() %}<a/>{% endmacro %}<title>{{ t() }}</title>',
    '{% macro t() %}a;b{% endmacro %}<g fill="{{ t() }}"/>',
    '{% macro t() %}a;&#125;{% endmacro %}<style>a{b:{{ t() }}}</style>',
    '{% macro t() %}java&#115;cript:x{% endmacro %}<a href="{{ t() }}"/>',
    '{{ "<a>" | escape | replace("&lt;", "<") }}',
  ])('what a filter made of it is held to the same: %s', (piece) => {
    expect(refusalOfPiece(piece).code).toBe('TEMPLATE_ERROR');
  });
});

describe('the filter "svg" lets markup from args in, if a template might hold it', () => {
  const piece = '<g>{{ v | svg }}</g>';
  const svg = (v: string): string => renderPiece(piece, { v }).svg;

  test.each([
    '<path d="M0 0"/>',
    'a <tspan>c</tspan> &amp; d',
    '<svg viewBox="0 0 1 1"><g/></svg>',
    '<!-- x --><a href="#b"/>',
    '',
  ])('%s', (v) => {
    expect(svg(v)).toContain(`<g>${v}</g>`);
  });

  test.each([
    '<script>1</script>',
    '<g onload="x"/>',
    '<use href="http://x"/>',
    '<g>',
    '</g>',
    '</g><g>',
    '<g',
    '<g a="',
    '<!-- ',
    '<![CDATA[',
    '&',
    '&x;',
    ']]>',
    '<style>@import "x"</style>',
    '<x:y/>',
    '<!DOCTYPE x>',
    '<?xml version="1.0"?>',
    '<g xmlns="http://www.w3.org/1999/xhtml"/>',
  ])('not %s', (v) => {
    expect(() => svg(v)).toThrow(/"svg" was given markup that no picture may hold/);
  });

  test('a fragment cannot end a CDATA section that the text before it seems to begin', () => {
    expect(renderPiece('<text>{{ a }}{{ v | svg }}</text>', { a: ']]', v: '>x' }).svg).toContain(']]&gt;x');
  });

  test('it is paid for', () => {
    expect(renderPiece(piece, { v: '<g/>'.repeat(1000) }).steps).toBeGreaterThan(1000);
  });
});
