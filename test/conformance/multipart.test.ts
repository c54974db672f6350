import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/errors.ts';
import { createEngine } from '../../src/rendering/engine.ts';
import { MULTIPART } from '../../src/streams/multipart.ts';
import { createMultipartParser } from '../harness/multipart-parser.ts';

const OPENING = Buffer.from('--frame\r\nContent-Type: image/svg+xml\r\n\r\n');
const CLOSING = MULTIPART.closing('gone');
const SEED = 20_251_121;
const engine = createEngine({ maxFrameBytes: 2_000_000, maxSteps: 100_000 });

/** What browsers end a part at, its halves, and what might hide or break it. */
const PIECES = [
  ...['--frame', '--frame--', '\r\n--frame\r\n', '\n--frame', 'card--frame', '-', '--', 'frame', 'fra', 'me'],
  ...[
    '\r\n',
    '\r',
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '&#45;',
    '\u0000',
    '🌡',
    'Content-Type: ',
  ],
];
const hostileText = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join(''));

const PREFIX = '<svg xmlns="http://www.w3.org/2000/svg">';

/** Where a text can stand in a picture. */
const PLACES: readonly (readonly [string, (text: string) => string])[] = [
  ['text', (text) => `<text>${text}</text>`],
  ['a quoted attribute', (text) => `<text class="${text}"/>`],
  ['an attribute in single quotes', (text) => `<text class='${text}'/>`],
  ['CDATA', (text) => `<text><![CDATA[${text}]]></text>`],
  ['a comment', (text) => `<!--${text}-->`],
  ["an attribute's name", (text) => `<text a${text}="1"/>`],
  ["an element's name", (text) => `<a${text}/>`],
  ['style', (text) => `<style>:root{${text}:red}</style>`],
  ['a style in CDATA', (text) => `<style><![CDATA[.x${text}{fill:red}]]></style>`],
  ['a style attribute', (text) => `<rect style="${text}:red"/>`],
];

/** The rendered picture; null: refused. */
function rendered(template: string, args: { readonly hole?: string } = {}): string | null {
  try {
    return engine.render(template, args).svg;
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return null;
  }
}

/** What a viewer is sent for these pictures, from the first byte to the last. */
function streamOf(pictures: readonly string[]): Buffer {
  const [first, ...later] = pictures.map((svg, version) => ({
    ...{ sessionId: { owner: null, name: 'x' }, epoch: 'e', renderedAt: 0 },
    ...{ version, svg },
  }));
  return Buffer.concat([first ? MULTIPART.first(first) : OPENING, ...later.map(MULTIPART.next), CLOSING]);
}

function readIn(pieces: readonly Buffer[]) {
  const frames: string[] = [];
  const parser = createMultipartParser((svg) => frames.push(svg.trimEnd()));
  for (const piece of pieces) parser.push(piece.toString('latin1'));
  return { frames, closed: parser.closed };
}

describe('a stream of pictures made of hostile texts', () => {
  const picture = fc
    .tuple(fc.constantFrom(...PLACES), hostileText, fc.boolean())
    .map(([[, place], text, asArg]) =>
      asArg
        ? rendered(`${PREFIX}${place('{{ hole }}')}</svg>`, { hole: text })
        : rendered(`${PREFIX + place(text)}</svg>`),
    );
  const pictures = fc.array(picture, { maxLength: 6 }).map((all) => all.filter((svg) => svg !== null));

  test('is read back byte by byte in the same pictures, however its bytes are split', () => {
    fc.assert(
      fc.property(pictures, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (sent, cuts) => {
        const bytes = streamOf(sent);
        const places = cuts.map((cut) => Math.floor(cut * bytes.length)).sort((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
        const expected = { frames: sent.map((svg) => svg.trimEnd()), closed: true };
        expect(readIn(pieces)).toEqual(expected);
        expect(readIn(Array.from(bytes, (byte) => Buffer.from([byte])))).toEqual(expected);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test.each(PLACES)('%s never holds the boundary, written by the template or brought by args', (_where, place) => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const svg of [
          rendered(`${PREFIX + place(text)}</svg>`),
          rendered(`${PREFIX}${place('{{ hole }}')}</svg>`, { hole: text }),
          rendered(`${PREFIX}${place('-{{ hole }}')}</svg>`, { hole: text.replace(/^-/, '') }),
          rendered(`${PREFIX}${place('--{{ hole }}')}</svg>`, { hole: `frame${text}` }),
        ]) {
          if (svg !== null) expect(svg).not.toContain('--frame');
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test.each([
    ['text', 0],
    ['a quoted attribute', 1],
    ['CDATA', 3],
    ['style', 7],
  ])('%s with the boundary in it is a picture all the same', (_where, index) => {
    expect(rendered(`${PREFIX}${PLACES[index]?.[1]('--frame')}</svg>`)).not.toBeNull();
  });
});

describe('the reader that the tests rely on refuses', () => {
  const svg = `${PREFIX}</svg>`;
  test.each([
    ['another opening', `\r\n${OPENING}`],
    ['a boundary inside a part', `${OPENING}${PREFIX}card--frame</svg>\r\n${OPENING}`],
    ['a boundary on a line of its own', `${OPENING}<svg>\r\n--frame\r\nContent-Type: text/html\r\n\r\n`],
    ['a part without its line break', `${OPENING}${svg}${OPENING}`],
    ['bytes behind the end', `${OPENING}${svg}\r\n${OPENING}${CLOSING}x`],
  ])('%s', (_what, bytes) => {
    expect(() => readIn([Buffer.from(bytes)])).toThrow();
  });

  test('an end that does not come', () => {
    expect(readIn([Buffer.from(`${OPENING}${svg}\r\n${OPENING}`)])).toEqual({ frames: [svg], closed: false });
  });
});
