import type { Cursor, Unfinished } from './cursor.ts';
import type { DocumentState, QuotedValue, Tag } from './document.ts';
import type { Piece } from './piece.ts';
import { readContent, readStyleSection } from './scan-content.ts';
import { readTag, readValue } from './scan-tag.ts';
import type { Findings } from './tags.ts';

export interface Scanned {
  readonly state: DocumentState;
  readonly unfinished: Unfinished | null;
}

/** Reads on from a state through a text without values and tags in it. @throws MarkupProblem */
export function scan(state: DocumentState, piece: Piece, findings: Findings): Scanned {
  const { text } = piece;
  const cursor: Cursor = { text, piece, findings, state, i: 0, dataFrom: -1, unfinished: null };
  while (cursor.i < text.length && cursor.unfinished === null) {
    switch (cursor.state.mode) {
      case 'tag':
        readTag(cursor, cursor.state.tag as Tag);
        break;
      case 'value':
        readValue(cursor, cursor.state.value as QuotedValue);
        break;
      default:
        if (cursor.state.cdata) readStyleSection(cursor);
        else readContent(cursor);
    }
  }
  return cursor;
}
