import { constants, deflateRawSync } from 'node:zlib';

/** Distances reach 32 KB back (RFC 1951, section 2), less what zlib keeps to look ahead, and what pictures grow by. */
export const MAX_DICTIONARY_BYTES = 31 * 1024;

/** The least of zlib's that is not its lazy search: 27 × fewer bytes on the gallery's dashboards, for half the time of 30 ×. */
const LEVEL = 3;

/** Most bytes of a stored block (RFC 1951, section 3.2.4). */
const MAX_STORED_BYTES = 65_535;

const MIN_WINDOW_BITS = 9;
const MAX_WINDOW_BITS = 15;

/**
 * Blocks of a stream that goes on, ending at a byte.
 *
 * @param dictionary what the stream's last bytes are; null: nothing before is referred to
 */
export function deflatedBlocks(bytes: Buffer, dictionary: Buffer | null): Buffer {
  // A window no larger than needed: zlib would else prepare 32 KB for every badge.
  const reach = Math.max(bytes.length, dictionary?.length ?? 0) + 512;
  const windowBits = Math.min(MAX_WINDOW_BITS, Math.max(MIN_WINDOW_BITS, Math.ceil(Math.log2(reach))));
  const options = { level: LEVEL, windowBits, finishFlush: constants.Z_SYNC_FLUSH };
  return deflateRawSync(bytes, dictionary === null ? options : { dictionary, ...options });
}

/** The empty block that ends a sync flush. Decoders that hand over at one only (Go's) would else keep a stored block to the next. */
const FLUSH = Buffer.from([0, 0, 0, 0xff, 0xff]);

/**
 * The same bytes, each block behind five of its own.
 *
 * @param last they are the stream's last
 */
export function storedBlocks(bytes: Buffer, last = false): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += MAX_STORED_BYTES) {
    const block = bytes.subarray(at, at + MAX_STORED_BYTES);
    const head = Buffer.alloc(5);
    head[0] = last && at + block.length === bytes.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    blocks.push(head, block);
  }
  if (!last) blocks.push(FLUSH);
  return Buffer.concat(blocks);
}
