import type { EmbeddedDatabase } from './database.ts';
import { deleteLapsed } from './lapses.ts';
import { removeSession } from './session-records.ts';

const INTERVAL_MS = 30_000;
/** How many records one transaction deletes; other writers get their turn in between. */
const BATCH = 200;

/** Deletes some of what has expired. @returns how many; 0: nothing is left that has */
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

function deleteExpired(db: EmbeddedDatabase, now: number, limit: number): number {
  // Every write moves its session's entry in the same transaction, so what stands here has not been written since.
  const due = [...db.expiries.getKeys({ end: [now + 1, false, ''], limit })];
  for (const [, owner, name] of due) {
    const record = db.sessions.get([owner, name]);
    if (record !== undefined) removeSession(db, [owner, name], record);
  }
  return due.length;
}
