import type { TemplateData } from '../syntax/ast.ts';
import type { Position } from '../template-error.ts';

/** A place in the text of a template. */
export interface Place {
  readonly data: TemplateData;
  readonly offset: number;
}

/** Text of a template without a value or tag in it, which may consist of several nodes: comments part them. */
export interface Piece {
  readonly text: string;
  placeAt(offset: number): Place;
}

export function pieceOf(nodes: readonly TemplateData[]): Piece {
  return {
    text: nodes.map(({ value }) => value).join(''),
    placeAt(offset) {
      let rest = offset;
      const last = nodes.at(-1) as TemplateData;
      for (const data of nodes) {
        if (rest < data.value.length || (data === last && rest === data.value.length)) return { data, offset: rest };
        rest -= data.value.length;
      }
      return { data: last, offset: last.value.length };
    },
  };
}

/** Line and column of a place, from 0. */
export function locate(source: string, { data, offset }: Place): Position {
  let start = 0;
  for (let line = 0; line < data.lineno; line += 1) start = source.indexOf('\n', start) + 1;
  // White space that a tag beside it takes away stands in the source still.
  const found = source.indexOf(data.value, start + data.colno);
  const end = (found < 0 ? start + data.colno : found) + offset;
  const lineStart = source.lastIndexOf('\n', end - 1) + 1;
  let lineno = 0;
  for (let at = source.indexOf('\n'); at >= 0 && at < lineStart; at = source.indexOf('\n', at + 1)) lineno += 1;
  return { lineno, colno: end - lineStart };
}
