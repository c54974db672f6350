import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/rendering/engine.ts';
import { engine, refusalOf } from './rendering.ts';

const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';
const frameOf = (template: string, args = {}): string => engine.render(template, args).svg;

test('a BOM, an XML declaration and white space around the picture are dropped', () => {
  const svg = `<svg ${XMLNS}/>`;
  expect(frameOf(`\ufeff<?xml version="1.0" encoding="UTF-8"?>\n  ${svg}\n`)).toBe(svg);
  expect(frameOf(`\n{% set a = 1 %}\n<?xml version='1.0'?>${svg}`)).toBe(svg);
  expect(frameOf(`<!-- a -->${svg}<!-- b -->`)).toBe(`<!-- a -->${svg}<!-- b -->`);
});

test.each([
  ['<svg/>', `<svg ${XMLNS}/>`],
  ['<svg></svg>', `<svg ${XMLNS}></svg>`],
  ['<svg\n  width="1">x</svg>', `<svg ${XMLNS}\n  width="1">x</svg>`],
  ['<!-- <svg> --><svg width="1"/>', `<!-- <svg> --><svg ${XMLNS} width="1"/>`],
  ['<svg{% if a %} id="x"{% endif %} width="1"/>', `<svg ${XMLNS} width="1"/>`],
  ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
  ['<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
])('a root without its namespace gets it: %s', (template, frame) => {
  expect(frameOf(template)).toBe(frame);
});

test.each([
  ['', /no <svg> element/],
  ['text', /well-formed/],
  ['<g/>', /root element is <g>/],
  ['<svg xmlns=""/>', /namespace ""/],
  ['<svg xmlns="http://www.w3.org/1999/xhtml"/>', /is not SVG/],
  ['<x:svg xmlns:x="urn:x"/>', /namespace "urn:x"/],
  ['<x:svg/>', /prefix "x" is not declared/],
  ['<svg><use xlink:href="#a"/></svg>', /add xmlns:xlink/],
  ['<!DOCTYPE svg><svg/>', /DOCTYPE/],
  ['<?xml-stylesheet href="a.css"?><svg/>', /processing instruction/],
  ['<svg><?php x ?></svg>', /processing instruction/],
  ['<svg>&nbsp;</svg>', /undefined entity/],
  ['<svg><g></svg>', /unexpected close tag/],
  ['<svg/><svg/>', /one root/],
  ['<svg a="1" a="2"/>', /duplicate attribute/],
  ['<svg a=1/>', /unquoted/],
  ['<svg a="<"/>', /disallowed/],
  ['<svg><!-- a -- b --></svg>', /comment/],
  ['<svg', /never ended/],
])('what is no picture is refused, with the place of static text: %s', (template, words) => {
  const { code, message, details } = refusalOf(template);
  expect(code).toBe('TEMPLATE_ERROR');
  expect(message).toMatch(words);
  expect(details).toEqual({ line: 1, column: expect.any(Number) });
});

describe('the bytes "--frame" stand nowhere, and the picture means the same', () => {
  /** Everything that a parser reports, in order; adjacent text and CDATA joined. */
  function meaning(xml: string): readonly unknown[] {
    const events: unknown[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') events.push(text);
      text = '';
    };
    const parser = new SaxesParser();
    parser.on('text', (content) => {
      text += content;
    });
    parser.on('cdata', (content) => {
      text += content;
    });
    parser.on('opentag', ({ name, attributes }) => {
      flush();
      events.push(name, { ...attributes });
    });
    parser.on('closetag', () => flush());
    parser.on('comment', (comment) => {
      flush();
      events.push(comment.trim());
    });
    parser.write(xml).close();
    return events;
  }

  test.each([
    'a--frame b---frame--frame',
    '<text class="--frame" id=\'x--frame--\'>x</text>',
    '<text class=">--frame"/><text class=\'"--frame\'/>',
    '<text><![CDATA[--frame ]] >-----frame--frame]]></text>',
    '<!--frame-->',
    '<!--frame --><text>--frame</text><!-- x -->',
    '<style>:root{--frame:red} .a{fill:var(--frame)}</style>',
    '<style><![CDATA[:root{--frame:red}]]></style>',
    '<!-- "--><text class="--frame">\'--frame"</text>',
    '<![CDATA[<a "]]>--frame<text/>',
  ])('%s', (inner) => {
    const source = `<svg ${XMLNS}>${inner}</svg>`;
    const frame = frameOf(source);
    expect(frame).not.toContain('--frame');
    expect(meaning(frame)).toEqual(meaning(source));
  });

  test('args cannot bring them either', () => {
    const frame = frameOf(`<svg ${XMLNS} id="{{ a }}">{{ a }}<!-- x --></svg>`, { a: '\r\n--frame\r\n--frame--' });
    expect(frame).not.toContain('--frame');
  });

  test.each(['<a--frame/>', '<a a--frame="1"/>', '<a--frame></a--frame>'])(
    'a name with them is refused: %s',
    (inner) => {
      expect(refusalOf(`<svg ${XMLNS}>${inner}</svg>`).message).toContain('rename it');
    },
  );
});

describe('active content and references to elsewhere are refused', () => {
  test.each([
    '<script>1</script>',
    '<SCRIPT/>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
    '<foreignObject/>',
    '<iframe/>',
    '<img src="#"/>',
    '<p/>',
    '<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>',
    '<g onclick="x"/>',
    '<g ONLOAD="x"/>',
    '<g xml:base="http://x/"/>',
    '<a href="javascript:x"/>',
    '<a href=" java&#10;script:x"/>',
    '<a href="data:text/html,x"/>',
    '<a href="//x.org"/>',
    '<a href="x.html"/>',
    '<use href="http://x/y.svg#a"/>',
    '<use href="https://x/y.svg#a"/>',
    '<image href="http://x/y.png"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<image x:href="http://x/" xmlns:x="http://www.w3.org/1999/xlink"/>',
    '<feImage href="/x"/>',
    '<rect fill="url(http://x/#a)"/>',
    '<rect fill="URL( \'//x/#a\' )"/>',
    '<rect fill="u\\72l(http://x)"/>',
    '<rect style="fill:url(x.svg)"/>',
    '<rect style="background:image-set(\'x\' 1x)"/>',
    '<style>@import "x.css";</style>',
    '<style>@im<!-- -->port "x.css";</style>',
    '<style>a{fill:<![CDATA[u]]>rl(http://x)}</style>',
    '<style>a{b:\\75rl(x)}</style>',
    '<style>&lt;/style></style>',
    '<style><a/></style>',
    '<title><style/></title>',
    '<title><![CDATA[><img onerror="x"/>]]></title>',
    '<desc><!-- x --></desc>',
    '<!--><g/>-->',
    '<a><set attributeName="href" to="javascript:x"/></a>',
    '<a><animate attributeName="xlink:href" to="x"/></a>',
    '<set attributeName="onclick" to="x"/>',
    '<animate attributeName="fill" values="red;url(http://x)"/>',
    '<a ping="http://x" href="#a"/>',
  ])('%s', (inner) => {
    expect(refusalOf(`<svg ${XMLNS}>${inner}</svg>`).code).toBe('TEMPLATE_ERROR');
  });

  test.each([
    '<a href="https://x.org/a?b=c"><text>x</text></a>',
    '<use href="#a"/><a href="#top"/><image href=""/>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<rect fill="url(#a)" style="filter: url(\'#b\')" transform="rotate(45)"/>',
    '<style>.a { fill: url(#b); } /* c */ @media (min-width: 1px) { b { fill: rgb(1, 2, 3) } }</style>',
    '<style><![CDATA[.a > .b { fill: red }]]></style>',
    '<title>a</title><desc>b</desc><metadata><x:y xmlns:x="urn:x">z</x:y></metadata>',
    '<animate attributeName="fill" values="red;blue" dur="1s"/>',
    '<text data-note="\\(x)">url(http://x) onclick= javascript:</text>',
    '<!-- a comment --><g/>',
  ])('what is harmless stays as it is: %s', (inner) => {
    expect(frameOf(`<svg ${XMLNS}>${inner}</svg>`)).toBe(`<svg ${XMLNS}>${inner}</svg>`);
  });
});

test('after a refused picture the next one is judged by itself', () => {
  const own = createEngine({ maxFrameBytes: 1000, maxSteps: 1000 });
  for (const bad of ['<svg><style>a', '<svg><title><g/>', '<svg a="', '<svg><script/>']) {
    expect(() => own.render(bad, {})).toThrow();
    expect(own.render('<svg><g/></svg>', {}).svg).toBe(`<svg ${XMLNS}><g/></svg>`);
  }
});
