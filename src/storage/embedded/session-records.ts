import type { Excess, Quotas } from '../quotas.ts';
import type { Expectation, SessionHead, SessionWrite, StoredSession, WriteOutcome } from '../session-store.ts';
import { type EmbeddedDatabase, type SessionKey, type SessionRecord, sessionKey } from './database.ts';
import { addUsage, excessOf } from './usage.ts';

/** What stands at the key, if it has not expired. */
export function liveRecord(db: EmbeddedDatabase, key: SessionKey, now: number): SessionRecord | null {
  const record = db.sessions.get(key);
  return record !== undefined && isLive(record, now) ? record : null;
}

export function headOf([owner, name]: SessionKey, record: SessionRecord): SessionHead {
  const {
    epoch,
    version,
    revision,
    createdAt,
    updatedAt,
    ttlMs,
    expiresAt,
    visibility = 'public',
    access = 0,
  } = record;
  const id = { owner: owner === false ? null : owner, name };
  return { id, epoch, version, revision, createdAt, updatedAt, ttlMs, expiresAt, visibility, access };
}

export function storedSession(db: EmbeddedDatabase, key: SessionKey, record: SessionRecord): StoredSession {
  return {
    ...headOf(key, record),
    template: db.templates.get(key) ?? '',
    args: db.args.get(key) ?? '',
    svg: db.frames.get(key) ?? '',
    warnings: record.warnings,
  };
}

/** Compares, checks the quotas and stores. Only inside a transaction. */
export function writeSession(
  db: EmbeddedDatabase,
  write: SessionWrite,
  quotas: Quotas,
  now: number,
): WriteOutcome | Excess {
  const key = sessionKey(write.id);
  const found = db.sessions.get(key);
  const current = found !== undefined && isLive(found, now) ? found : null;
  if (!holds(write.expect, current)) {
    return { written: false, current: current === null ? null : storedSession(db, key, current) };
  }
  const { template, args, svg } = write;
  const templateBytes = template === undefined ? (current?.templateBytes ?? 0) : Buffer.byteLength(template);
  const bytes = templateBytes + Buffer.byteLength(args) + Buffer.byteLength(svg);
  // An expired record that the sweep has not reached yet still counts, and still has its places in the indexes.
  const growth = { sessions: found === undefined ? 1 : 0, bytes: bytes - (found?.bytes ?? 0) };
  const grows = { sessions: current === null, bytes: bytes > (current?.bytes ?? 0) };
  const excess = excessOf(db, key[0], { growth, grows, quotas });
  if (excess !== null) return excess;
  addUsage(db, key[0], growth);
  if (found !== undefined) removeFromIndexes(db, key, found);

  const version = (current?.version ?? 0) + 1;
  const ttlMs = write.ttlMs === undefined ? (current?.ttlMs ?? null) : write.ttlMs;
  const before = current?.visibility ?? 'public';
  const visibility = write.visibility ?? before;
  const record: SessionRecord = {
    epoch: write.expect.is === 'absent' ? write.expect.newEpoch : write.expect.epoch,
    version,
    revision: write.template === undefined ? (current?.revision ?? version) : version,
    createdAt: current?.createdAt ?? now,
    updatedAt: now,
    ttlMs,
    expiresAt: ttlMs === null ? null : now + ttlMs,
    warnings: write.warnings,
    visibility,
    access: (current?.access ?? 0) + (visibility === before ? 0 : 1),
    change: nextChange(db, write.id.owner),
    templateBytes,
    bytes,
  };
  db.sessions.putSync(key, record);
  if (current === null && found !== undefined) db.viewLinks.removeSync(key);
  if (template !== undefined) db.templates.putSync(key, template);
  db.args.putSync(key, args);
  db.frames.putSync(key, svg);
  if (key[0] !== false) db.changes.putSync([key[0], record.change], key[1]);
  if (record.expiresAt !== null) db.expiries.putSync([record.expiresAt, ...key], true);
  return { written: true, head: headOf(key, record) };
}

/** Only inside a transaction. */
export function removeSession(db: EmbeddedDatabase, key: SessionKey, record: SessionRecord): void {
  removeFromIndexes(db, key, record);
  addUsage(db, key[0], { sessions: -1, bytes: -record.bytes });
  for (const table of [db.sessions, db.templates, db.args, db.frames, db.viewLinks]) table.removeSync(key);
}

export function isLive(record: SessionRecord, now: number): boolean {
  return record.expiresAt === null || record.expiresAt > now;
}

function holds(expect: Expectation, current: SessionRecord | null): boolean {
  if (expect.is === 'absent') return current === null;
  if (current === null || current.epoch !== expect.epoch) return false;
  return expect.is === 'revision' ? current.revision === expect.revision : current.version === expect.version;
}

function nextChange(db: EmbeddedDatabase, owner: string | null): number {
  if (owner === null) return 0;
  const change = (db.counters.get(owner) ?? 0) + 1;
  db.counters.putSync(owner, change);
  return change;
}

function removeFromIndexes(db: EmbeddedDatabase, [owner, name]: SessionKey, record: SessionRecord): void {
  if (owner !== false) db.changes.removeSync([owner, record.change]);
  if (record.expiresAt !== null) db.expiries.removeSync([record.expiresAt, owner, name]);
}
