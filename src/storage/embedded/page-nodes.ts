import { PAGE_HEADER } from './lmdb-format.ts';

/** The message says in a few words what is wrong with the file. */
export class DamagedFile extends Error {}

export const BRANCH = 0x01;
export const LEAF = 0x02;
/** The node's data says where the value is: first page, transaction, pages; 64 bits each. */
export const BIG_VALUE = 0x01;
/** The node's data is a tree of its own. */
export const TABLE = 0x02;

const NODE_HEADER = 8;
const BIG_VALUE_BYTES = 24;

/** An entry of a leaf, or a branch's way to a child. */
export interface Node {
  readonly key: Buffer;
  readonly flags: number;
  readonly data: Buffer;
  /** Longer than `data` for a big value. */
  readonly valueBytes: number;
  readonly child: number;
}

/** @throws DamagedFile unless the nodes fill their part of the page without gap or overlap */
export function readNodes(bytes: Buffer, page: number, kind: typeof BRANCH | typeof LEAF): Node[] {
  const wrong = (what: string) => new DamagedFile(`page ${page} ${what}`);
  const kinds = bytes.readUInt16LE(18);
  const lower = bytes.readUInt16LE(20);
  const upper = bytes.readUInt16LE(22);
  if (kinds !== kind) throw wrong('is of a wrong kind');
  if (lower % 2 !== 0 || lower > upper || PAGE_HEADER + upper > bytes.length) throw wrong('has wrong bounds');
  const count = lower / 2;
  if (count === 0) throw wrong('is empty');

  const nodes: Node[] = [];
  const places: { readonly start: number; readonly end: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    const start = PAGE_HEADER + bytes.readUInt16LE(PAGE_HEADER + 2 * index);
    if (start + NODE_HEADER > bytes.length) throw wrong('has a node outside of it');
    const size = bytes.readUInt32LE(start);
    const flags = bytes.readUInt16LE(start + 4);
    const dataStart = start + NODE_HEADER + bytes.readUInt16LE(start + 6);
    const inPage = kind === BRANCH ? 0 : (flags & BIG_VALUE) !== 0 ? BIG_VALUE_BYTES : size;
    const end = dataStart + inPage;
    if (end > bytes.length) throw wrong('has a node outside of it');
    nodes.push({
      key: bytes.subarray(start + NODE_HEADER, dataStart),
      flags,
      data: bytes.subarray(dataStart, end),
      valueBytes: size,
      child: flags * 2 ** 32 + size,
    });
    places.push({ start, end: end + (end % 2) });
  }
  places.sort((a, b) => a.start - b.start);
  let expected = PAGE_HEADER + upper;
  for (const { start, end } of places) {
    if (start !== expected) throw wrong('has nodes that overlap');
    expected = end;
  }
  if (expected !== bytes.length) throw wrong('has nodes that overlap');
  return nodes;
}

export type CompareKeys = (a: Buffer, b: Buffer) => number;

/** A branch's first key is never looked at. @throws DamagedFile unless the keys ascend, from `from` on and before `to` */
export function requireOrder(
  nodes: readonly Node[],
  page: number,
  compare: CompareKeys,
  [from, to]: readonly [from: Buffer | null, to: Buffer | null],
): void {
  let last = from;
  for (const { key } of nodes) {
    const order = last === null ? -1 : compare(last, key);
    const ascends = order < 0 || (order === 0 && last === from);
    if (!ascends || (to !== null && compare(key, to) >= 0)) throw new DamagedFile(`page ${page} has keys out of order`);
    last = key;
  }
}
