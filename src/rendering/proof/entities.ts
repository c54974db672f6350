import { MarkupProblem } from './problem.ts';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:(\w+)|#(?:x([\da-fA-F]{1,6})|(\d{1,7})));/y;

/** Char of XML 1.0, section 2.2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

interface Reference {
  readonly character: string;
  /** Offset behind the semicolon. */
  readonly end: number;
}

/** The character reference at an `&`. @throws MarkupProblem */
function readReference(text: string, offset: number): Reference {
  REFERENCE.lastIndex = offset;
  const match = REFERENCE.exec(text);
  if (match === null) {
    throw new MarkupProblem('"&" begins a character reference; for the sign itself write "&amp;".', offset);
  }
  const [whole, name, hex, decimal] = match;
  if (name !== undefined) {
    const character = PREDEFINED.get(name);
    if (character !== undefined) return { character, end: offset + whole.length };
    throw new MarkupProblem(
      `"${whole.slice(0, 40)}" is an undefined entity; write the character itself, or its number as in "&#160;".`,
      offset,
    );
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (isCharacter(code)) return { character: String.fromCodePoint(code), end: offset + whole.length };
  throw new MarkupProblem(`"${whole}" is no character of XML; leave it out.`, offset);
}

/** The text that a piece of markup without tags stands for. @throws MarkupProblem */
export function decoded(markup: string): string {
  let text = '';
  let from = 0;
  for (let at = markup.indexOf('&'); at >= 0; at = markup.indexOf('&', from)) {
    const { character, end } = readReference(markup, at);
    text += markup.slice(from, at) + character;
    from = end;
  }
  return text + markup.slice(from);
}
