import { CSS_START, type CssProblem, cssEnd, readCss } from './css.ts';
import { atOffset, type Cursor, stopAt } from './cursor.ts';
import { holdsTextOnly } from './elements.ts';
import { decoded } from './entities.ts';
import { readName } from './names.ts';
import { MarkupProblem } from './problem.ts';
import { openTag } from './tags.ts';

/** Reads on between tags, to behind the next tag, comment or section, or to the end. @throws MarkupProblem */
export function readContent(cursor: Cursor): void {
  const { text, state, i } = cursor;
  const next = text.indexOf('<', i);
  const end = next < 0 ? text.length : next;
  if (end > i) readCharacters(cursor, text.slice(i, end));
  cursor.i = end;
  if (next < 0) return;
  if (text.startsWith('<!--', next)) readComment(cursor);
  else if (text.startsWith('<![CDATA[', next)) readSection(cursor);
  else if (text.startsWith('</', next)) readEndTag(cursor);
  else if (text.startsWith('<!', next)) {
    throw new MarkupProblem('A DOCTYPE is not allowed; remove it.', next);
  } else if (text.startsWith('<?', next)) {
    const declaration =
      state.mode === 'before' ? /^<\?xml[ \t\r\n][^<>]*>/.exec(text.slice(next, next + 200))?.[0] : undefined;
    const end = next + (declaration?.length ?? 0);
    const isInOneNode = cursor.piece.placeAt(next).data === cursor.piece.placeAt(end).data;
    if (declaration !== undefined && isInOneNode) {
      cursor.findings.unwanted(cursor.piece.placeAt(next), declaration.length);
      cursor.i = end;
      return;
    }
    const target = /^<\?[^\s?]*/.exec(text.slice(next, next + 40))?.[0];
    throw new MarkupProblem(`A processing instruction is not allowed: ${target}; remove it.`, next);
  } else {
    const name = readName(text, next + 1);
    if (name === null) {
      if (next + 1 < text.length) {
        throw new MarkupProblem('"<" begins a tag, and no name follows; for the sign itself write "&lt;".', next);
      }
      stopAt(cursor, 'the name of an element', 'write the name in the template');
      return;
    }
    if (state.mode === 'after') throw new MarkupProblem('There may be one root element only; put both in one.', next);
    const tag = openTag(state, name, cursor.piece, next);
    cursor.state = { ...state, mode: 'tag', tag };
    cursor.i = next + 1 + name.name.length;
    if (cursor.i === text.length) stopAt(cursor, 'the name of an element', 'write the name in the template', true);
  }
  cursor.dataFrom = cursor.i;
}

function readCharacters(cursor: Cursor, data: string): void {
  const { state, i } = cursor;
  if (state.mode !== 'content') {
    const mark = state.mode === 'before' ? data.indexOf('\ufeff') : -1;
    if (mark >= 0) cursor.findings.unwanted(cursor.piece.placeAt(i + mark), 1);
    const stray = (mark < 0 ? data : data.replace('\ufeff', ' ')).search(/[^ \t\r\n]/);
    if (stray < 0) return;
    const where = state.mode === 'before' ? 'before the <svg>' : 'behind the </svg>';
    throw new MarkupProblem(`It is not well-formed XML: text stands ${where}; put it into the picture.`, i + stray);
  }
  const meaning = atOffset(i, () => decoded(data));
  for (let at = data.indexOf('>'); at >= 0; at = data.indexOf('>', at + 1)) {
    const before = (cursor.dataFrom < 0 ? cursor.text.slice(0, i) : '') + data.slice(0, at);
    if (before.endsWith(']]')) {
      throw new MarkupProblem('"]]>" may not stand in a text; write "]]&gt;".', i + at - 2);
    }
    if (cursor.dataFrom < 0 && /^\]?$/.test(before)) cursor.findings.bracket(cursor.piece.placeAt(i + at));
  }
  if (state.css === null) return;
  const css = readCss(state.css, meaning);
  // Behind a character reference the places are not those of the text.
  if ('problem' in css) throw styleProblem(css, meaning === data ? i + css.offset : i);
  cursor.state = { ...state, css };
}

const styleProblem = ({ problem }: CssProblem, offset: number) =>
  new MarkupProblem(`The style has ${problem}.`, offset);

function readComment(cursor: Cursor): void {
  const { text, state, i } = cursor;
  const end = text.indexOf('--', i + 4);
  if (end < 0) {
    stopAt(cursor, 'a comment', 'use {# … #} for what is not to be seen');
    return;
  }
  if (text.charAt(end + 2) !== '>') throw new MarkupProblem('"--" may not stand in a comment; write "- -".', end);
  const comment = text.slice(i + 4, end);
  if (/^-?>/.test(comment)) throw new MarkupProblem('A comment may not begin with ">".', i);
  if (comment.endsWith('-')) throw new MarkupProblem('A comment may not end with "-".', end - 1);
  const isStyle = state.css !== null;
  if (state.open !== null && holdsTextOnly(state.open.local) && (!isStyle || comment.includes('<'))) {
    throw new MarkupProblem(`This comment may not stand in <${state.open.name}>; remove it.`, i);
  }
  cursor.i = end + 3;
}

function readSection(cursor: Cursor): void {
  const { text, state, i } = cursor;
  if (state.mode !== 'content') throw new MarkupProblem('A CDATA section may stand in the <svg> only.', i);
  const start = i + '<![CDATA['.length;
  if (state.css !== null) {
    cursor.state = { ...state, cdata: true };
    cursor.i = start;
    return;
  }
  if (state.open !== null && holdsTextOnly(state.open.local)) {
    throw new MarkupProblem(`A CDATA section may not stand in a <${state.open.name}>; write its text without.`, i);
  }
  const end = text.indexOf(']]>', start);
  if (end < 0) {
    stopAt(cursor, 'a CDATA section', 'write the text without the section');
    return;
  }
  cursor.i = end + 3;
}

/** Reads on in a CDATA section of a style sheet. @throws MarkupProblem */
export function readStyleSection(cursor: Cursor): void {
  const { text, state, i } = cursor;
  const end = text.indexOf(']]>', i);
  const css = readCss(state.css ?? CSS_START, text.slice(i, end < 0 ? text.length : end));
  if ('problem' in css) throw styleProblem(css, i + css.offset);
  cursor.state = { ...state, css, cdata: end < 0 };
  cursor.i = end < 0 ? text.length : end + 3;
  cursor.dataFrom = cursor.i;
}

function readEndTag(cursor: Cursor): void {
  const { text, state, i } = cursor;
  const name = readName(text, i + 2)?.name ?? '';
  const gap = /[ \t\r\n]*/y;
  gap.lastIndex = i + 2 + name.length;
  const end = gap.lastIndex + (gap.exec(text)?.[0].length ?? 0);
  if (end === text.length) {
    stopAt(cursor, 'an end tag', 'write the end tag in the template');
    return;
  }
  if (name === '' || text.charAt(end) !== '>') throw new MarkupProblem('Expected an end tag such as "</g>" here.', i);
  const { open, css } = state;
  if (open === null || open.name !== name) {
    const instead = open === null ? 'no element is open here' : `</${open.name}> is due, for the <${open.name}> above`;
    throw new MarkupProblem(`</${name}> is an unexpected close tag: ${instead}.`, i);
  }
  const problem = css === null ? null : cssEnd(css);
  if (problem !== null) throw new MarkupProblem(`The style has ${problem}.`, i);
  const isRoot = state.isDocument && open.parent === null;
  cursor.state = { ...state, mode: isRoot ? 'after' : 'content', open: open.parent, css: null };
  cursor.i = end + 1;
}
