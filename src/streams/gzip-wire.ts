import type { Wire } from '../frames/wire.ts';
import { combineCrc32 } from './crc32-combine.ts';
import { storedBlocks } from './deflate-blocks.ts';
import type { Deltas, Piece } from './deltas.ts';

/** RFC 1952, section 2.3: deflate, no name, no time, system unknown. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/**
 * A wire whose bytes reach the client as `Content-Encoding: gzip`. All that is written passes here, so that what the
 * client's last bytes are is never in doubt: who has been sent the same Buffer before is sent the same blocks.
 */
export function createGzipWire(wire: Wire, deltas: Deltas): Wire {
  let last: Piece | null = null;
  let crc = 0;
  let length = 0;

  function count(piece: Piece) {
    crc = combineCrc32(crc, piece.crc, piece.crcOperator);
    length = (length + piece.bytes.length) % 2 ** 32;
  }

  return {
    write(bytes) {
      const piece = deltas.pieceOf(bytes);
      const blocks = piece.blocksAfter(last);
      count(piece);
      const begins = last === null;
      if (last !== null) last.holders -= 1;
      piece.holders += 1;
      last = piece;
      return wire.write(begins ? Buffer.concat([HEADER, blocks]) : blocks);
    },

    whenTaken: wire.whenTaken,

    end(bytes) {
      count(deltas.pieceOf(bytes));
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(crc, 0);
      trailer.writeUInt32LE(length, 4);
      wire.end(Buffer.concat([storedBlocks(bytes, true), trailer]));
    },

    destroy: wire.destroy,
  };
}
