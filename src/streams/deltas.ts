import { crc32 } from 'node:zlib';
import { crcOperator } from './crc32-combine.ts';
import { deflatedBlocks, MAX_DICTIONARY_BYTES, storedBlocks } from './deflate-blocks.ts';
import { createTimeShare, type TimeShare } from './time-share.ts';

/** Larger ones go as they are: at 5 µs for a kilobyte they would hold up everybody else. */
const MAX_DEFLATED_BYTES = 256 * 1024;

/** Of one piece, behind different ones, for those who are out of step. */
const MAX_RARE_DELTAS = 2;

/** So many who have the same piece before get a delta of their own in any case: it costs no more than to write to them. */
const MANY_HOLDERS = 16;

/** Of the process's time, for deflating. When it is used up, pieces go as they are. */
const SHARE = 0.25;

/** Bytes that streams are sent, known by the one Buffer in which all of them share it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly crc: number;
  readonly crcOperator: number;
  /** How many streams end with it. */
  holders: number;
  /**
   * Itself as blocks of a deflate stream (RFC 1951), made once for all streams in step.
   *
   * @param last what the stream ends with; null: it has just begun
   */
  blocksAfter(last: Piece | null): Buffer;
}

export interface Deltas {
  pieceOf(bytes: Buffer): Piece;
}

export function createDeltas(time: TimeShare = createTimeShare(SHARE)): Deltas {
  const pieces = new WeakMap<Buffer, Piece>();

  function deflate(bytes: Buffer, dictionary: Buffer | null): Buffer | null {
    return bytes.length > MAX_DEFLATED_BYTES ? null : time.spend(() => deflatedBlocks(bytes, dictionary));
  }

  function createPiece(bytes: Buffer): Piece {
    // Weak: each would else keep the one before, which keeps the one before it.
    const deltas = new WeakMap<Piece, Buffer>();
    let deltasMade = 0;
    /** Refers to nothing before it. */
    let whole: Buffer | null = null;

    function deltaAfter(last: Piece): Buffer | null {
      const made = deltas.get(last);
      if (made !== undefined) return made;
      if (last.bytes.length > MAX_DICTIONARY_BYTES) return null;
      if (deltasMade >= MAX_RARE_DELTAS && last.holders < MANY_HOLDERS) return null;
      const blocks = deflate(bytes, last.bytes);
      if (blocks === null) return null;
      deltas.set(last, blocks);
      deltasMade += 1;
      return blocks;
    }

    return {
      ...{ bytes, crc: crc32(bytes), crcOperator: crcOperator(bytes.length), holders: 0 },
      blocksAfter(last) {
        const delta = last === null ? null : deltaAfter(last);
        if (delta !== null) return delta;
        whole ??= deflate(bytes, null) ?? storedBlocks(bytes);
        return whole;
      },
    };
  }

  return {
    pieceOf(bytes) {
      let piece = pieces.get(bytes);
      if (piece === undefined) {
        piece = createPiece(bytes);
        pieces.set(bytes, piece);
      }
      return piece;
    },
  };
}
