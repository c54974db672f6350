import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../src/json.ts';
import { pieceText, refusalBy, refusalOf, renderPiece } from '../rendering.ts';

const written = (piece: string, v: JsonValue): string => pieceText(piece, { v });
const refused = (piece: string, v: JsonValue) => refusalBy(() => renderPiece(piece, { v }));

describe('a value is written as its place in the picture asks', () => {
  test.each<[string, JsonValue, string]>([
    ['<text>{{ v }}</text>', '<b a="1">&\'\\</b>', '<text>&lt;b a=&quot;1&quot;&gt;&amp;&#39;&#92;&lt;/b&gt;</text>'],
    ['<text>{{ v }}</text>', 'a\0\b\ufffe\uffffb', '<text>a\ufffd\ufffd\ufffd\ufffdb</text>'],
    ['<text>{{ v }}</text>', 'a\ud800b', '<text>a\ufffdb</text>'],
    ['<text>{{ v }}></text>', ']]', '<text>]]&gt;</text>'],
    ['<text>{{ v }}]></text>', ']', '<text>]]&gt;</text>'],
    ['<text>]{{ v }}></text>', ']', '<text>]]&gt;</text>'],
    ['<title>{{ v }}</title>', '</title><script>', '<title>&lt;/title&gt;&lt;script&gt;</title>'],
    ['<g id="{{ v }}"/>', '" onload="x', '<g id="&quot; onload=&quot;x"/>'],
    ["<g id='{{ v }}'/>", "' onload='x", "<g id='&#39; onload=&#39;x'/>"],
    ['<a href="{{ v }}"/>', 'https://x.org/?a=1&b=2', '<a href="https://x.org/?a=1&amp;b=2"/>'],
    ['<a href="https://x.org/{{ v }}"/>', '"><script>', '<a href="https://x.org/&quot;&gt;&lt;script&gt;"/>'],
    ['<use href="{{ v }}"/>', '#a', '<use href="#a"/>'],
    ['<use href="#{{ v }}"/>', 'javascript:x', '<use href="#javascript:x"/>'],
    ['<image href="{{ v }}"/>', 'data:image/png;base64,AA+/==', '<image href="data:image/png;base64,AA+/=="/>'],
    ['<image href="data:image/png;base64,{{ v }}"/>', 'AA==', '<image href="data:image/png;base64,AA=="/>'],
    ['<g fill="{{ v }}"/>', 'rgb(1, 2 3 / 50%)', '<g fill="rgb(1, 2 3 / 50%)"/>'],
    ['<g fill="{{ v }}"/>', 'url(#a)', '<g fill="url(#a)"/>'],
    ['<g fill="url(#{{ v }})"/>', 'grad-1', '<g fill="url(#grad-1)"/>'],
    ['<g fill="url({{ v }})"/>', '#grad', '<g fill="url(#grad)"/>'],
    [
      '<g font-family="{{ v }}"/>',
      '\'Noto Sans\', "본고딕", serif',
      '<g font-family="&#39;Noto Sans&#39;, &quot;본고딕&quot;, serif"/>',
    ],
    ['<g style="width: {{ v }}px"/>', 12.5, '<g style="width: 12.5px"/>'],
    [
      '<g style="transform: {{ v }}"/>',
      'translate(calc(1px * (2 + 3)))',
      '<g style="transform: translate(calc(1px * (2 + 3)))"/>',
    ],
    ['<path d="{{ v }}"/>', 'M0 0L1.5-2e-3,4Z', '<path d="M0 0L1.5-2e-3,4Z"/>'],
    ['<g transform="rotate({{ v }} 5 5)"/>', -45, '<g transform="rotate(-45 5 5)"/>'],
    ['<style>.a { fill: {{ v }} }</style>', '#f00', '<style>.a { fill: #f00 }</style>'],
    ['<style>.a { font: 1px "{{ v }}" }</style>', 'A b', '<style>.a { font: 1px "A b" }</style>'],
    ['<style><![CDATA[.a > b { fill: {{ v }} }]]></style>', 'red', '<style><![CDATA[.a > b { fill: red }]]></style>'],
    [
      '<animate attributeName="fill" values="{{ v }};red"/>',
      'blue',
      '<animate attributeName="fill" values="blue;red"/>',
    ],
    ['<g fill="{{ v }}"/>', null, '<g fill=""/>'],
    ['<use href="{{ v }}"/>', null, '<use href=""/>'],
    [
      '<g data-x="{{ v }}" aria-label="{{ v }}"/>',
      'url(http://x) ;',
      '<g data-x="url(http://x) ;" aria-label="url(http://x) ;"/>',
    ],
  ])('%s with %j', (piece, v, expected) => {
    expect(written(piece, v)).toBe(expected);
  });
});

describe('a value that cannot stand in its place is refused at the write, with the place and the mend', () => {
  const CSS = [
    'red;}',
    'url(http://x)',
    'URL( "http://x" )',
    'url(#a) url(//x)',
    'u\\72l(http://x)',
    'image-set("x" 1x)',
    'src("x")',
    'expression(x)',
    '@import "x"',
    '/* ',
    ' */',
    '*',
    'a/',
    ')',
    'rgb(1',
    '(1)',
    '"a',
    "'a\n'",
    '"a\\"',
    '{',
    '<',
    'a:url(x)',
    'calc(1px) url(x)',
    'xrgb(1)x(2)',
  ];
  test.each(CSS)('in CSS: %j', (v) => {
    for (const piece of [
      '<g fill="{{ v }}"/>',
      '<g style="fill:{{ v }}"/>',
      '<style>a{fill:{{ v }}}</style>',
      '<set to="{{ v }}"/>',
    ]) {
      const { code, message, details } = refused(piece, v);
      expect(code).toBe('TEMPLATE_ERROR');
      expect(message).toMatch(/may not stand in CSS.*; send a plain colour/s);
      expect(details).toMatchObject({ line: 1, column: expect.any(Number) });
    }
  });

  test.each([
    'javascript:x',
    ' java\nscript:x',
    '\x01javascript:x',
    'data:text/html,x',
    'data:image/svg+xml;base64,AA',
    'data:image/png;base64,A"',
    '//x.org',
    'x.svg#a',
    'http//x',
    '\\\\x',
  ])('as a URL: %j', (v) => {
    for (const piece of [
      '<a href="{{ v }}"/>',
      '<use xlink:href="{{ v }}" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
    ]) {
      expect(refused(piece, v).message).toMatch(/leads elsewhere; allowed is/);
    }
  });
  test.each(['\u00a0#a', '\ufeff#a', '\u00a0', '\u2003#a'])(
    'in a URL of the template, behind a space that browsers do not strip: %j',
    (url) => {
      expect(refused(`<use href="${url}"/>`, '').message).toMatch(/leads elsewhere|loads nothing|"#…"/);
    },
  );
  test.each(['\u00a0#a', '\ufeff#a'])('in a URL, behind a space that browsers do not strip: %j', (v) => {
    expect(refused('<use href="{{ v }}"/>', v).message).toMatch(/leads elsewhere/);
    expect(refused('<g fill="url({{ v }})"/>', v).message).toMatch(/leads elsewhere/);
  });
  test.each(['<use href="{{ v }}"/>', '<a href="{{ v }}"/>', '<g fill="url({{ v }})"/>'])(
    'in a URL, where a number is the name of a file: %s',
    (piece) => expect(refused(piece, 7).message).toMatch(/leads elsewhere; allowed is/),
  );
  test.each(['http://x.org', 'https://x.org/a.svg#b'])('to the web, where nothing is a link: %j', (v) => {
    for (const name of ['use href', 'image href', 'feImage href', 'a ping', 'a xml:base', 'image src']) {
      const [element, attribute] = name.split(' ');
      expect(refused(`<${element} ${attribute}="{{ v }}"/>`, v).code).toBe('TEMPLATE_ERROR');
    }
  });
  test.each<[string, string]>([
    ['<g fill="url({{ v }})"/>', '#a) url(http://x'],
    ['<g fill="url({{ v }})"/>', 'http://x'],
    ['<g fill="url(\'{{ v }}\')"/>', "#a') url('http://x"],
    ['<g fill="url(#{{ v }})"/>', 'a) url(http://x'],
    ['<style>a{b:"{{ v }}"}</style>', '";} @import "x'],
    ['<style>a{b:"{{ v }}"}</style>', '\\'],
    ['<style><![CDATA[a{b:{{ v }}}]]></style>', '"]]>"'],
    ['<image href="data:image/png;base64,{{ v }}"/>', '"/><script>'],
  ])('%s with %j', (piece, v) => {
    expect(refused(piece, v).code).toBe('TEMPLATE_ERROR');
  });
});

test.each([
  '{{ v | escape }}',
  '<g class="{{ v | escape }}"/>',
  '{% macro m(a) %}<g class="{{ a }}"/>{% endmacro %}{{ m(v | escape) }}',
  '<title>{{ v | escape }}</title>',
])('a character that XML forbids is U+FFFD, in text that a filter has escaped too: %s', (piece) => {
  expect(pieceText(piece, { v: 'a\x01b' })).toContain('a\ufffdb');
});

describe('a value may not stand where nothing could make it safe; the message says what to write', () => {
  test.each([
    ['<g {{ v }}/>', 'write name="{{ … }}"'],
    ['<g {{ v }}="1"/>', 'write name="{{ … }}"'],
    ['<g x{{ v }}="1"/>', 'name of an attribute'],
    ['<g x={{ v }}/>', 'put the value in quotes: x="{{ … }}"'],
    ['<g x = {{ v }}/>', 'put the value in quotes'],
    ['<{{ v }}/>', 'name of an element'],
    ['<g{{ v }}/>', 'name of an element'],
    ['<g></{{ v }}>', 'an end tag'],
    ['<g></g{{ v }}>', 'an end tag'],
    ['<!-- {{ v }} -->', 'use {# … #}'],
    ['<!-{{ v }}- -->', 'DOCTYPE'],
    ['<?x {{ v }}?>', 'processing instruction'],
    ['<text><![CDATA[{{ v }}]]></text>', 'write the text without the section'],
    ['<text>&{{ v }};</text>', 'character reference'],
    ['<text>&#{{ v }};</text>', 'character reference'],
    ['<g xmlns:x="{{ v }}"/>', 'write it in the template'],
    ['<set attributeName="{{ v }}" to="x"/>', 'write it in the template'],
    ['<g onclick="{{ v }}"/>', 'event handler'],
    ['<script>{{ v }}</script>', 'a picture runs no script'],
    ['<use href="{{ v }}{{ v }}"/>', 'must be the whole of it'],
    ['<use href="x{{ v }}"/>', 'leads elsewhere'],
    ['<a href="java{{ v }}"/>', 'leads elsewhere'],
    ['<a href="ht{{ v }}"/>', 'must be the whole of it'],
    ['<use href="{{ v }}.svg"/>', 'leads elsewhere'],
    ['<style>{{ v }}(x)</style>', 'write the name of the function in the template'],
    ['<style>ur{{ v }}l(http://x)</style>', 'write the name of the function in the template'],
    ['<style>@{{ v }} x;</style>', 'the name of a rule with "@"'],
    ['<style>@im{{ v }}port "x";</style>', 'the name of a rule with "@"'],
    ['<style>/* {{ v }} */</style>', 'a comment; use {# … #}'],
    ['<style>a{b:url(x{{ v }})}</style>', 'loads nothing from elsewhere'],
    ['<style>a{b:url({{ v }}{{ v }})}</style>', 'this place of a url'],
  ])('%s', (piece, mend) => {
    const { code, message, details } = refused(piece, 'x');
    expect(code).toBe('TEMPLATE_ERROR');
    expect(message).toContain(mend);
    expect(details).toMatchObject({ line: 1, column: expect.any(Number) });
  });

  test.each(['{{ v }}<svg/>', '<svg/>{{ v }}', '<svg>{{ v }}</svg>{{ v }}'])('outside of the root: %s', (template) => {
    expect(refusalBy(() => renderPiece(`</svg>${template}<svg>`, { v: 1 })).code).toBe('TEMPLATE_ERROR');
  });
});

test.each(['font/woff2', 'font/woff', 'font/ttf', 'font/otf'])('a style may bring its own font: %s', (type) => {
  const style = `<style>@font-face { font-family: X; src: url("data:${type};base64,d09GMgABAAAAAA==") }</style>`;
  expect(pieceText(style)).toBe(style);
});

test('a fault in a style stands where it is', () => {
  const rules = Array.from({ length: 40 }, (_, at) => `.c${at} { fill: red }`).join('\n');
  const refusal = refusalOf(`<svg viewBox="0 0 9 9"><style>\n${rules}\n.x { fill: url(https://a.b) }</style></svg>`);
  expect(refusal.details).toMatchObject({ line: 42, column: 16 });
});
