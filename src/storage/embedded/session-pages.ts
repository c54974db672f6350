import { formatCursor, formatNameCursor, formatOrderedCursor, parseCursor, parseOrderedCursor } from '../cursor.ts';
import { nameMatcher, orderNames } from '../name-order.ts';
import type { OwnerListRequest, SessionPage } from '../session-store.ts';
import type { EmbeddedDatabase, SessionKey } from './database.ts';
import { headOf, isLive, liveRecord } from './session-records.ts';

type Entry = SessionPage['entries'][number];

/** The first so many, and whether there is one more. */
function pageOf(entries: Iterable<Entry>, first: number): SessionPage {
  const page: Entry[] = [];
  for (const entry of entries) {
    if (page.length === first) return { entries: page, hasNextPage: true };
    page.push(entry);
  }
  return { entries: page, hasNextPage: false };
}

/** To be called within a read. @throws Refusal BAD_USER_INPUT for a cursor that is none */
export function ownerPage(db: EmbeddedDatabase, owner: string, request: OwnerListRequest, now: number): SessionPage {
  const entries = request.sort === 'name' ? byName(db, owner, request, now) : byChange(db, owner, request, now);
  return pageOf(entries, request.first);
}

function* byChange(db: EmbeddedDatabase, owner: string, { after, search }: OwnerListRequest, now: number) {
  const before = after === undefined ? Number.POSITIVE_INFINITY : parseCursor(after);
  const matches = nameMatcher(search);
  const newestFirst = { start: [owner, before], end: [owner, 0], reverse: true, exclusiveStart: true };
  for (const { value: name } of db.changes.getRange(newestFirst)) {
    if (!matches(name)) continue;
    const key: SessionKey = [owner, name];
    const record = liveRecord(db, key, now);
    if (record !== null) yield { cursor: formatCursor(record.change), head: headOf(key, record) };
  }
}

function* byName(db: EmbeddedDatabase, owner: string, { after, search }: OwnerListRequest, now: number) {
  const last = after === undefined ? null : parseOrderedCursor(after);
  const all = db.changes.getRange({ start: [owner, 0], end: [owner, Number.POSITIVE_INFINITY] });
  for (const name of orderNames(
    all.map(({ value }) => value),
    search,
    last,
  )) {
    const key: SessionKey = [owner, name];
    const record = liveRecord(db, key, now);
    if (record !== null) yield { cursor: formatOrderedCursor(name), head: headOf(key, record) };
  }
}

/** Behind the public session of that name. To be called within a read. */
export function publicPage(db: EmbeddedDatabase, last: string, first: number, now: number): SessionPage {
  return pageOf(publicEntries(db, last, now), first);
}

function* publicEntries(db: EmbeddedDatabase, last: string, now: number) {
  // `true` is the first key behind all that begin with `false`.
  const behind = { start: [false, last] as SessionKey, end: [true] as unknown as SessionKey, exclusiveStart: true };
  for (const { key, value } of db.sessions.getRange(behind)) {
    if (isLive(value, now)) yield { cursor: formatNameCursor(key[1]), head: headOf(key, value) };
  }
}
