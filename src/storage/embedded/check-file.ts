import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { arch, endianness } from 'node:os';
import { chosenSnapshot, META_BYTES, readSnapshot, type Snapshot, wrongWithMeta } from './lmdb-format.ts';
import { DamagedFile } from './page-nodes.ts';
import { type PageFile, type ReadAt, type VisitEntry, walkPages } from './page-walk.ts';

/** How often a file that another process writes meanwhile is read again. It does not do so with a damaged one for long. */
const ATTEMPTS = 5;
const JSON_TABLES = new Set([
  ...['sessions', 'accounts', 'counters', 'expiries', 'usages', 'reservedIds', 'signIns', 'answers', 'apiKeys'],
  ...['denials', 'denialOrder', 'denialNumbers', 'lapses'],
]);
/**
 * Each session has one entry in each. While what format 1 left is moved, from the last key on, the first ones stand in `args`
 * and `frames`, the rest in `contents`. Tables are read in the order of their names.
 */
const SESSION_TABLES: readonly (readonly string[])[] = [['sessions'], ['templates'], ['args', 'contents']];
const MOVED_TABLES = [['args'], ['frames']];

/**
 * Reads a store's file before the library maps it: there, a wrong page number or length ends the process by a signal.
 * Takes 1 to 3 ms per MB. Other processes may write the file meanwhile.
 *
 * @throws DamagedFile
 */
export function checkFile(file: string): void {
  // On 32 bit or big-endian machines the pages look different.
  if (endianness() !== 'LE' || !/64/.test(arch())) return;
  const descriptor = openSync(file, 'r');
  const readAt: ReadAt = (position, bytes) => {
    const buffer = Buffer.allocUnsafe(bytes);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, position));
  };
  const pages: PageFile = { readAt, bytes: () => fstatSync(descriptor).size };
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = newestTransaction(readAt);
      try {
        checkSnapshots(pages);
        return;
      } catch (error) {
        // Pages of an older snapshot are written anew while we read; those of the newest never are.
        if (newestTransaction(readAt) === before) throw error;
      }
    }
  } finally {
    closeSync(descriptor);
  }
}

function newestTransaction(readAt: ReadAt): number {
  const even = readAt(0, META_BYTES);
  if (even.length < META_BYTES) throw new DamagedFile('it is too short');
  const wrong = wrongWithMeta(even, 0);
  if (wrong !== null) throw new DamagedFile(wrong);
  const first = readSnapshot(even);
  const odd = readAt(first.pageBytes, META_BYTES);
  if (odd.length < META_BYTES) throw new DamagedFile('it is too short');
  return Math.max(first.transaction, readSnapshot(odd).transaction);
}

function checkSnapshots(pages: PageFile): void {
  const { readAt } = pages;
  const even = readSnapshot(readAt(0, META_BYTES));
  const flushed = readSnapshot(readAt(even.pageBytes / 2, META_BYTES));
  const oddPage = readAt(even.pageBytes, META_BYTES);
  const wrong = wrongWithMeta(oddPage, 1);
  if (wrong !== null) throw new DamagedFile(wrong);
  const odd = readSnapshot(oddPage);
  if (Math.abs(even.transaction - odd.transaction) > 1) throw new DamagedFile('its two roots do not belong together');

  const bootId = readBootId();
  if (bootId !== null) {
    checkSnapshot(pages, chosenSnapshot(even, odd, flushed, bootId));
    return;
  }
  // Without it we cannot know which one the library takes.
  const newest = even.transaction > odd.transaction ? even : odd;
  try {
    checkSnapshot(pages, newest);
  } catch (error) {
    const older = chosenSnapshot(even, odd, flushed, 0n);
    if (older.transaction === newest.transaction) throw error;
    checkSnapshot(pages, older);
  }
}

function checkSnapshot(pages: PageFile, snapshot: Snapshot): void {
  const sessions = SESSION_TABLES.map(digestOfKeys);
  const moved = MOVED_TABLES.map(digestOfKeys);
  const visit: VisitEntry = (table, key, value) => {
    for (const digest of [...sessions, ...moved]) digest.visit(table, key);
    if (JSON_TABLES.has(table)) requireJson(table, value());
  };
  walkPages(pages, snapshot, visit);
  for (const digests of [sessions, moved]) {
    if (new Set(digests.map(({ end }) => end())).size > 1) throw new DamagedFile('a session has lost a part');
  }
}

function digestOfKeys(tables: readonly string[]) {
  const hash = createHash('sha1');
  return {
    visit(table: string, key: Buffer): void {
      if (tables.includes(table)) hash.update(key);
    },
    end: () => hash.digest('hex'),
  };
}

function requireJson(table: string, value: Buffer): void {
  try {
    JSON.parse(value.toString());
  } catch {
    throw new DamagedFile(`table ${table} has an unreadable record`);
  }
}

/** The number the library makes of this boot's id; null where it does not read it from this file. */
function readBootId(): bigint | null {
  try {
    const [, start = '0'] = /^([0-9a-f]{8})-/.exec(readFileSync('/proc/sys/kernel/random/boot_id', 'latin1')) ?? [];
    return BigInt(`0x${start}`);
  } catch {
    return null;
  }
}
