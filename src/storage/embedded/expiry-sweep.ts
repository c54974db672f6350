import type { EmbeddedDatabase, SessionKey } from './database.ts';
import { moveExpiry } from './expiry-entries.ts';
import { deleteLapsed } from './lapses.ts';
import { isLive, removeSession } from './session-records.ts';

const INTERVAL_MS = 30_000;
/** How many records one transaction looks at; other writers get their turn in between. */
const BATCH = 200;

/** Deletes some of what has expired. @returns how many it looked at; 0: nothing is left that has */
export function sweepBatch(db: EmbeddedDatabase, clock: () => number): Promise<number> {
  return db.transaction(() => deleteExpired(db, clock(), BATCH));
}

/** Deletes what has expired, now and from time to time. Nobody waits for it: an expired session is absent anyway. */
export function startExpirySweep(db: EmbeddedDatabase, clock: () => number) {
  let sweeping = false;
  let stopped = false;

  async function sweep() {
    if (sweeping) return;
    sweeping = true;
    try {
      for (const deleteSome of [deleteExpired, deleteLapsed]) {
        while (!stopped && (await db.transaction(() => deleteSome(db, clock(), BATCH))) === BATCH);
      }
    } catch {
      // A store that cannot write tells the next writer so; the next round tries again.
    } finally {
      sweeping = false;
    }
  }

  const timer = setInterval(sweep, INTERVAL_MS).unref();
  const first = sweep();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await first;
    },
  };
}

/** @returns how many it looked at; those that were written since are looked at again at their new end */
function deleteExpired(db: EmbeddedDatabase, now: number, limit: number): number {
  const due = [...db.expiries.getKeys({ end: [now + 1, false, ''], limit })];
  for (const [at, owner, name] of due) {
    const key: SessionKey = [owner, name];
    const record = db.sessions.get(key);
    if (record !== undefined && !isLive(record, now)) {
      removeSession(db, key, record);
    } else {
      moveExpiry(db, key, at, record?.expiresAt ?? null);
      if (record !== undefined) db.sessions.putSync(key, { ...record, dueAt: record.expiresAt });
    }
  }
  return due.length;
}
