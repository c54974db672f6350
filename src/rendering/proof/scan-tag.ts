import { cssEnd, readCss } from './css.ts';
import { atOffset, type Cursor, stopAt } from './cursor.ts';
import type { QuotedValue, Tag } from './document.ts';
import { decoded } from './entities.ts';
import { readName } from './names.ts';
import { MarkupProblem } from './problem.ts';
import { closeTag, closeValue, openValue } from './tags.ts';
import { allowedUrls, isWholeUrl, readUrl } from './url.ts';

const ATTRIBUTE_START = /([ \t\r\n]*)([\s\S])?/y;

/** Reads on in a start tag, to the next value or to its end. @throws MarkupProblem */
export function readTag(cursor: Cursor, tag: Tag): void {
  const { text, state, findings } = cursor;
  ATTRIBUTE_START.lastIndex = cursor.i;
  const [, space = '', sign] = ATTRIBUTE_START.exec(text) as RegExpExecArray;
  const spaced = tag.spaced || space !== '';
  const at = cursor.i + space.length;
  cursor.state = { ...state, tag: { ...tag, spaced } };
  cursor.i = at;
  if (sign === undefined) return;
  if (sign === '>' || sign === '/') {
    if (sign === '/' && at + 1 === text.length) {
      stopAt(cursor, 'the end of a tag', 'write "/>" together');
      return;
    }
    const isEmpty = text.startsWith('/>', at);
    if (sign === '/' && !isEmpty) throw new MarkupProblem(`"/" in <${tag.name}> must be followed by ">".`, at);
    cursor.state = closeTag(cursor.state, tag, isEmpty, at, findings);
    cursor.i = at + (isEmpty ? 2 : 1);
    cursor.dataFrom = cursor.i;
    return;
  }
  const name = readName(text, at);
  if (name === null) throw new MarkupProblem(`Expected an attribute, "/>" or ">" in <${tag.name}>.`, at);
  if (!spaced) throw new MarkupProblem(`A space is missing before "${name.name}" in <${tag.name}>.`, at);
  const equals = /[ \t\r\n]*=[ \t\r\n]*/y;
  equals.lastIndex = at + name.name.length;
  const sign2 = equals.exec(text)?.[0];
  if (sign2 === undefined) {
    if (/^[ \t\r\n]*$/.test(text.slice(at + name.name.length))) {
      stopAt(cursor, 'the name of an attribute', 'write the name in the template');
      return;
    }
    throw new MarkupProblem(`The attribute "${name.name}" has no value; write ${name.name}="…".`, at);
  }
  const quoteAt = at + name.name.length + sign2.length;
  const quote = text.charAt(quoteAt);
  if (quote === '') {
    stopAt(cursor, 'an unquoted value', `put the value in quotes: ${name.name}="{{ … }}"`);
    return;
  }
  if (quote !== '"' && quote !== "'") {
    throw new MarkupProblem(`The value of "${name.name}" is unquoted; put the value in quotes.`, quoteAt);
  }
  cursor.state = { ...cursor.state, mode: 'value', value: openValue(tag, name, quote, at) };
  cursor.i = quoteAt + 1;
}

/** Reads on in a quoted value. @throws MarkupProblem */
export function readValue(cursor: Cursor, value: QuotedValue): void {
  const { text, state, i } = cursor;
  const close = text.indexOf(value.quote, i);
  const raw = text.slice(i, close < 0 ? text.length : close);
  const less = raw.indexOf('<');
  if (less >= 0)
    throw new MarkupProblem(`"<" is disallowed in the value of "${value.attribute}"; write "&lt;".`, i + less);
  const meaning = atOffset(i, () => decoded(raw));
  const read = readMeaning(value, meaning, i);
  cursor.i = i + raw.length;
  if (close < 0) {
    cursor.state = { ...state, value: read };
    return;
  }
  endValue(read, cursor.i);
  cursor.state = { ...state, mode: 'tag', tag: closeValue(state.tag as Tag, read, i), value: null };
  cursor.i += 1;
}

function readMeaning(value: QuotedValue, meaning: string, offset: number): QuotedValue {
  const text = value.text === null ? null : value.text + meaning;
  if (value.url !== null) {
    const url = readUrl(value.url, meaning, value.web);
    if (url === null) throw new MarkupProblem(urlMessage(value, text ?? meaning), offset);
    return { ...value, text, url };
  }
  return { ...value, text, css: cssOf(value, meaning, offset) };
}

function cssOf({ css, attribute }: QuotedValue, meaning: string, offset: number): QuotedValue['css'] {
  if (css === null) return null;
  const next = readCss(css, meaning);
  if ('problem' in next) throw new MarkupProblem(`"${attribute}" has ${next.problem}.`, offset);
  return next;
}

const urlMessage = ({ attribute, web }: QuotedValue, text: string): string =>
  `${attribute}="${text.trim().slice(0, 40)}" leads elsewhere; allowed is ${allowedUrls(web)}.`;

function endValue(value: QuotedValue, offset: number): void {
  if (value.url !== null && !isWholeUrl(value.url))
    throw new MarkupProblem(urlMessage(value, value.text ?? ''), offset);
  const problem = value.css === null ? null : cssEnd(value.css);
  if (problem !== null) throw new MarkupProblem(`"${value.attribute}" has ${problem}.`, offset);
}
