import type { DocumentState } from './document.ts';
import type { Piece } from './piece.ts';
import { MarkupProblem } from './problem.ts';
import type { Findings } from './tags.ts';

/** A construct that a piece of text ends in the middle of, and so must not end. */
export interface Unfinished {
  /** Continues "… stands in". */
  readonly where: string;
  /** What to do instead of a value there. */
  readonly mend: string;
  readonly offset: number;
  /** A tag of the template may stand there, for what is under way is whole. */
  readonly isWhole: boolean;
}

export interface Cursor {
  readonly text: string;
  readonly piece: Piece;
  readonly findings: Findings;
  state: DocumentState;
  i: number;
  /** Where the character data under way begins; -1: before this piece, perhaps with a value. */
  dataFrom: number;
  unfinished: Unfinished | null;
}

/** Ends the scan in the middle of a construct. */
export function stopAt(cursor: Cursor, where: string, mend: string, isWhole = false): void {
  cursor.unfinished = { where, mend, offset: cursor.i, isWhole };
}

/** Problems of a part are placed in the whole. */
export function atOffset<Result>(offset: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof MarkupProblem) throw new MarkupProblem(error.message, offset + error.offset);
    throw error;
  }
}
