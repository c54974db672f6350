import type { Excess, Quotas } from '../quotas.ts';
import type { Expectation, SessionHead, SessionWrite, StoredSession, WriteOutcome } from '../session-store.ts';
import { type EmbeddedDatabase, type SessionKey, type SessionRecord, sessionKey, type Usage } from './database.ts';
import { dueAtOf, moveExpiry, nextDueAt } from './expiry-entries.ts';
import type { Decision } from './group-commit.ts';
import { argsIn, contentBytes, encodeContent, svgIn } from './session-contents.ts';
import { addUsage, excessOf, NOTHING, usageOf } from './usage.ts';

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
  const content = db.contents.get(key);
  return {
    ...headOf(key, record),
    template: db.templates.get(key) ?? '',
    args: content === undefined ? '' : argsIn(content),
    svg: content === undefined ? '' : svgIn(content),
    warnings: record.warnings,
  };
}

/** Compares and checks the quotas, and puts what comes of it. Only inside a transaction. */
export function decideWrite(
  db: EmbeddedDatabase,
  write: SessionWrite,
  quotas: Quotas,
  now: number,
): Decision<WriteOutcome | Excess> {
  const key = sessionKey(write.id);
  const found = db.sessions.get(key);
  const current = found !== undefined && isLive(found, now) ? found : null;
  if (!holds(write.expect, current)) {
    const outcome = { written: false, current: current === null ? null : storedSession(db, key, current) } as const;
    return { value: outcome, put: null };
  }
  const { template } = write;
  const content = encodeContent(write.args, write.svg);
  const templateBytes = template === undefined ? (current?.templateBytes ?? 0) : Buffer.byteLength(template);
  const bytes = templateBytes + contentBytes(content);
  // An expired record that the sweep has not reached yet still counts, and still has its places in the indexes.
  const growth = { sessions: found === undefined ? 1 : 0, bytes: bytes - (found?.bytes ?? 0) };
  const grows = { sessions: current === null, bytes: bytes > (current?.bytes ?? 0) };
  // An update of a public session neither needs nor changes it.
  const used = key[0] === false && current !== null ? NOTHING : usageOf(db, key[0]);
  const excess = excessOf(used, key[0], { growth, grows, quotas });
  if (excess !== null) return { value: excess, put: null };

  const version = (current?.version ?? 0) + 1;
  const ttlMs = write.ttlMs === undefined ? (current?.ttlMs ?? null) : write.ttlMs;
  const expiresAt = ttlMs === null ? null : now + ttlMs;
  const before = current?.visibility ?? 'public';
  const visibility = write.visibility ?? before;
  const standingAt = found === undefined ? null : dueAtOf(found);
  const record: SessionRecord = {
    epoch: write.expect.is === 'absent' ? write.expect.newEpoch : write.expect.epoch,
    version,
    revision: template === undefined ? (current?.revision ?? version) : version,
    createdAt: current?.createdAt ?? now,
    updatedAt: now,
    ttlMs,
    expiresAt,
    dueAt: nextDueAt(standingAt, expiresAt),
    warnings: write.warnings,
    visibility,
    access: (current?.access ?? 0) + (visibility === before ? 0 : 1),
    change: nextChange(used, key[0], found),
    templateBytes,
    bytes,
  };

  function put() {
    addUsage(db, key[0], used, growth, record.change);
    if (current === null && found !== undefined) db.viewLinks.removeSync(key);
    if (template !== undefined) db.templates.putSync(key, template);
    db.contents.putSync(key, content);
    moveChange(db, key, found?.change ?? 0, record.change);
    moveExpiry(db, key, standingAt, dueAtOf(record));
    db.sessions.putSync(key, record);
  }
  return { value: { written: true, head: headOf(key, record) }, put };
}

/** Only inside a transaction. */
export function removeSession(db: EmbeddedDatabase, key: SessionKey, record: SessionRecord): void {
  if (key[0] !== false) db.changes.removeSync([key[0], record.change]);
  moveExpiry(db, key, dueAtOf(record), null);
  addUsage(db, key[0], usageOf(db, key[0]), { sessions: -1, bytes: -record.bytes });
  for (const table of [db.sessions, db.templates, db.contents, db.viewLinks]) table.removeSync(key);
}

export function isLive(record: SessionRecord, now: number): boolean {
  return record.expiresAt === null || record.expiresAt > now;
}

function holds(expect: Expectation, current: SessionRecord | null): boolean {
  if (expect.is === 'absent') return current === null;
  if (current === null || current.epoch !== expect.epoch) return false;
  return expect.is === 'revision' ? current.revision === expect.revision : current.version === expect.version;
}

/** Who is the owner's last changed already stays where it stands. */
function nextChange(used: Usage, owner: SessionKey[0], found: SessionRecord | undefined): number {
  if (owner === false) return 0;
  return found?.change === used.change ? used.change : used.change + 1;
}

function moveChange(db: EmbeddedDatabase, [owner, name]: SessionKey, from: number, to: number): void {
  if (owner === false || from === to) return;
  if (from !== 0) db.changes.removeSync([owner, from]);
  db.changes.putSync([owner, to], name);
}
