/**
 * The pages of an LMDB file as the library in use writes them: data version 2, 64 bit, little-endian, and a third meta
 * of its own in the middle of page 0. Its `mdb.c` is the only description there is.
 */

export const PAGE_HEADER = 24;
export const META_BYTES = PAGE_HEADER + 144;

const META = 0x08;
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const NO_PAGE = 0xffff_ffff_ffff_ffffn;
/** In the flags of a meta whose pages may not have been flushed yet. */
const UNFLUSHED = 0x1000;

export interface Tree {
  /** Of its kind: `NUMBER_KEYS` for the list of free pages, 0 for our tables. */
  readonly flags: number;
  readonly depth: number;
  readonly branchPages: number;
  readonly leafPages: number;
  readonly overflowPages: number;
  readonly entries: number;
  /** null: the tree is empty. */
  readonly root: number | null;
}

/** One state of the file: a transaction's roots. */
export interface Snapshot {
  readonly transaction: number;
  readonly lastPage: number;
  readonly pageBytes: number;
  readonly flushed: boolean;
  /** Of the boot during which it was written; 0n: unknown. */
  readonly bootId: bigint;
  readonly free: Tree;
  readonly main: Tree;
}

export const TREE_BYTES = 48;
export const NUMBER_KEYS = 0x08;

export function readTree(bytes: Buffer, at: number): Tree {
  const root = bytes.readBigUInt64LE(at + 40);
  return {
    // The upper half of the free list's belongs to the whole file.
    flags: bytes.readUInt8(at + 4),
    depth: bytes.readUInt16LE(at + 6),
    branchPages: Number(bytes.readBigUInt64LE(at + 8)),
    leafPages: Number(bytes.readBigUInt64LE(at + 16)),
    overflowPages: Number(bytes.readBigUInt64LE(at + 24)),
    entries: Number(bytes.readBigUInt64LE(at + 32)),
    root: root === NO_PAGE ? null : Number(root),
  };
}

/** What is in a meta page's place, whatever it is. */
export function readSnapshot(bytes: Buffer): Snapshot {
  const at = PAGE_HEADER;
  return {
    transaction: Number(bytes.readBigUInt64LE(at + 128)),
    lastPage: Number(bytes.readBigUInt64LE(at + 120)),
    pageBytes: bytes.readUInt32LE(at + 24),
    flushed: (bytes.readUInt16LE(at + 28) & UNFLUSHED) === 0,
    bootId: bytes.readBigInt64LE(at + 136),
    free: readTree(bytes, at + 24),
    main: readTree(bytes, at + 24 + TREE_BYTES),
  };
}

/** What is wrong with the parts of a meta page that never change, or null. */
export function wrongWithMeta(bytes: Buffer, page: 0 | 1): string | null {
  const header = { number: bytes.readBigUInt64LE(0), flags: bytes.readUInt16LE(18) };
  const magic = bytes.readUInt32LE(PAGE_HEADER);
  const version = bytes.readUInt32LE(PAGE_HEADER + 4) & 0xffff;
  if (magic !== MAGIC || (header.flags & META) === 0) return 'it is not a file of this store';
  if (version !== DATA_VERSION) return `its LMDB format is ${version}, this server reads ${DATA_VERSION}`;
  if (header.number !== BigInt(page)) return `page ${page} has a wrong number`;
  const { transaction, pageBytes } = readSnapshot(bytes);
  const powerOfTwo = (pageBytes & (pageBytes - 1)) === 0;
  if (pageBytes < 512 || pageBytes > 65536 || !powerOfTwo) return `page ${page} has a wrong page size`;
  if (transaction !== 0 && transaction % 2 !== page) return `page ${page} has a wrong transaction`;
  return null;
}

/** The state the library goes on from: the newest, unless the machine was restarted before that one was flushed. */
export function chosenSnapshot(even: Snapshot, odd: Snapshot, flushed: Snapshot, bootId: bigint): Snapshot {
  const choose = (a: Snapshot, b: Snapshot): Snapshot => {
    if (b.transaction === 0) return a;
    const [latest, older] = a.transaction >= b.transaction ? [a, b] : [b, a];
    const sameBoot = latest.bootId !== 0n && latest.bootId === bootId;
    return sameBoot || latest.flushed ? latest : older;
  };
  return choose(choose(even, odd), flushed);
}
