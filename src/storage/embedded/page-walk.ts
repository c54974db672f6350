import { NUMBER_KEYS, PAGE_HEADER, readTree, type Snapshot, TREE_BYTES, type Tree } from './lmdb-format.ts';
import {
  BIG_VALUE,
  BRANCH,
  type CompareKeys,
  DamagedFile,
  LEAF,
  type Node,
  readNodes,
  requireOrder,
  TABLE,
} from './page-nodes.ts';

/** Reads so many bytes from there, or fewer at the end of the file. */
export type ReadAt = (position: number, bytes: number) => Buffer;

export interface PageFile {
  readonly readAt: ReadAt;
  /** How long it is, asked after the snapshot was read. */
  bytes(): number;
}

/** Is told of each entry of each table. `value()` reads it. */
export type VisitEntry = (table: string, key: Buffer, value: () => Buffer) => void;

const OVERFLOW = 0x04;
/** The last pages of a file may have been given and freed without ever being written, but not so many. */
const UNWRITTEN_PAGES = 100_000;
const byNumber: CompareKeys = (a, b) => {
  if (a.length !== 8 || b.length !== 8) throw new DamagedFile('the list of free pages has a wrong key');
  return Number(a.readBigUInt64LE() - b.readBigUInt64LE());
};

/**
 * Follows every page that a snapshot reaches, as the library would, but looks before it steps.
 *
 * Pages carry no checksum, so it compares what is said twice: each page's own number and kind, that nodes fill their page
 * without gap or overlap, that keys ascend and lie between those of their branch, the depth and the counts of each tree,
 * and that no page is used twice, or used and free. What it cannot see is a change inside a value.
 *
 * @throws DamagedFile
 */
export function walkPages({ readAt, bytes }: PageFile, snapshot: Snapshot, visit: VisitEntry): void {
  const { pageBytes, lastPage, transaction } = snapshot;
  const fileBytes = bytes();
  const used = new Set<number>();

  function claim(first: number, count: number): void {
    if (first < 2 || first + count - 1 > lastPage) throw new DamagedFile(`there is no page ${first}`);
    for (let page = first; page < first + count; page += 1) {
      if (used.has(page)) throw new DamagedFile(`page ${page} is used twice`);
      used.add(page);
    }
  }

  function readPage(page: number, bytes: number): Buffer {
    const read = readAt(page * pageBytes, bytes);
    if (read.length < bytes) throw new DamagedFile(`it ends before page ${page} does`);
    if (read.readBigUInt64LE(0) !== BigInt(page)) throw new DamagedFile(`page ${page} has a wrong number`);
    if (read.readBigUInt64LE(8) > BigInt(transaction)) throw new DamagedFile(`page ${page} is of no transaction`);
    return read;
  }

  /** Of a value with pages of its own. */
  function pagesOf({ data, valueBytes }: Node): { readonly first: number; readonly count: number } {
    const first = Number(data.readBigUInt64LE(0));
    const count = Number(data.readBigUInt64LE(16));
    // A value that became shorter keeps its pages.
    if (count * pageBytes < PAGE_HEADER + valueBytes) {
      throw new DamagedFile(`the value at page ${first} has a wrong size`);
    }
    return { first, count };
  }

  function readValue(node: Node): Buffer {
    if ((node.flags & BIG_VALUE) === 0) return node.data;
    return readAt(pagesOf(node).first * pageBytes + PAGE_HEADER, node.valueBytes);
  }

  /** @returns how many pages the value has of its own */
  function checkValue(node: Node): number {
    if ((node.flags & BIG_VALUE) === 0) return 0;
    const { first, count } = pagesOf(node);
    claim(first, count);
    const header = readPage(first, PAGE_HEADER);
    if (header.readUInt16LE(18) !== OVERFLOW || header.readUInt32LE(20) !== count) {
      throw new DamagedFile(`page ${first} is of a wrong kind`);
    }
    if ((first + count) * pageBytes > fileBytes) {
      throw new DamagedFile(`it ends before page ${first + count - 1} does`);
    }
    return count;
  }

  function walkTree(name: string, tree: Tree, compare: CompareKeys, entry: (node: Node) => void): void {
    if (tree.flags !== (compare === byNumber ? NUMBER_KEYS : 0)) throw new DamagedFile(`${name} is of a wrong kind`);
    const found = { branchPages: 0, leafPages: 0, overflowPages: 0, entries: 0 };

    function walkPage(page: number, depth: number, from: Buffer | null, to: Buffer | null): void {
      claim(page, 1);
      const kind = depth < tree.depth ? BRANCH : LEAF;
      const nodes = readNodes(readPage(page, pageBytes), page, kind);
      // What is smaller than a branch's second key belongs to its first child.
      requireOrder(kind === BRANCH ? nodes.slice(1) : nodes, page, compare, [from, to]);
      if (kind === LEAF) {
        found.leafPages += 1;
        found.entries += nodes.length;
        for (const node of nodes) {
          found.overflowPages += checkValue(node);
          entry(node);
        }
        return;
      }
      found.branchPages += 1;
      for (const [index, { child, key }] of nodes.entries()) {
        walkPage(child, depth + 1, index === 0 ? from : key, nodes[index + 1]?.key ?? to);
      }
    }

    if (tree.root !== null) walkPage(tree.root, 1, null, null);
    for (const what of ['branchPages', 'leafPages', 'overflowPages', 'entries'] as const) {
      if (tree[what] !== found[what]) throw new DamagedFile(`${name} has ${found[what]} ${what}, not ${tree[what]}`);
    }
  }

  walkTree('the list of tables', snapshot.main, Buffer.compare, ({ flags, key, data }) => {
    if ((flags & TABLE) === 0 || data.length !== TREE_BYTES) throw new DamagedFile('the list of tables is wrong');
    const table = key.toString('latin1').replace(/\0$/, '');
    walkTree(`table ${table}`, readTree(data, 0), Buffer.compare, (node) =>
      visit(table, node.key, () => readValue(node)),
    );
  });

  const freed: Buffer[] = [];
  walkTree('the list of free pages', snapshot.free, byNumber, (node) => freed.push(readValue(node)));
  for (const list of freed) {
    for (const [first, count] of runsOf(list)) claim(first, count);
  }
  if (lastPage > used.size + UNWRITTEN_PAGES) throw new DamagedFile(`it cannot have ${lastPage} pages`);
}

/** A record of the list of free pages: how many numbers follow, then pages, a run of them as its length negated before. */
function* runsOf(list: Buffer): Generator<readonly [first: number, count: number]> {
  const numbers = Math.floor(list.length / 8);
  const at = (index: number) => {
    if (index >= numbers) throw new DamagedFile('the list of free pages is cut');
    return Number(list.readBigInt64LE(8 * index));
  };
  for (let index = 1; index <= at(0); index += 1) {
    const number = at(index);
    if (number > 0) yield [number, 1];
    if (number < 0) yield [at(++index), -number];
  }
}
