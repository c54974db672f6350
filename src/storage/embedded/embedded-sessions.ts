import type { SessionId } from '../../sessions/session-id.ts';
import { requireWholeBeginning } from '../beginning.ts';
import { parseNameCursor } from '../cursor.ts';
import { type Quotas, refusalOfExcess } from '../quotas.ts';
import type { SessionStore, SessionWrite, StoredFrame, WriteOutcome } from '../session-store.ts';
import { createAnnouncer } from './announcer.ts';
import { type EmbeddedDatabase, sessionKey } from './database.ts';
import { sweepBatch } from './expiry-sweep.ts';
import { createSessionLinks, frameOf } from './session-links.ts';
import { ownerPage, publicPage } from './session-pages.ts';
import { decideWrite, liveRecord, removeSession, storedSession } from './session-records.ts';

/**
 * Sessions in LMDB. Announcements reach this process only, in the order of versions; another process on the same file
 * finds changes by `stamps`.
 */
export function createEmbeddedSessions(db: EmbeddedDatabase, quotas: Quotas, clock: () => number): SessionStore {
  const announcer = createAnnouncer();
  const announce = (id: SessionId, frame: StoredFrame) => announcer.announce(id, (watcher) => watcher.frame(frame));

  async function writeWithinQuotas(write: SessionWrite): Promise<WriteOutcome> {
    for (;;) {
      const outcome = await db.write(() => decideWrite(db, write, quotas, clock()));
      if ('written' in outcome) return outcome;
      // What has expired counts until it is swept, so only what remains after that is too much.
      if ((await sweepBatch(db, clock)) === 0) throw refusalOfExcess(outcome, quotas);
    }
  }

  return {
    async write(write) {
      requireWholeBeginning(write);
      const outcome = await writeWithinQuotas(write);
      if (outcome.written) {
        const { epoch, version, updatedAt, access } = outcome.head;
        announce(write.id, { epoch, version, renderedAt: updatedAt, svg: write.svg, access });
      }
      return outcome;
    },

    async get(id) {
      const key = sessionKey(id);
      return db.read(() => {
        const record = liveRecord(db, key, clock());
        return record === null ? null : storedSession(db, key, record);
      });
    },

    async frame(id) {
      return db.read(() => frameOf(db, sessionKey(id), clock()));
    },

    async stamps(ids) {
      const now = clock();
      return db.read(() =>
        ids.map((id) => {
          const record = liveRecord(db, sessionKey(id), now);
          return record && { epoch: record.epoch, version: record.version, access: record.access ?? 0 };
        }),
      );
    },

    ...createSessionLinks({ db, clock, announce }),

    async list(owner, request) {
      return db.read(() => ownerPage(db, owner, request, clock()));
    },

    async listPublic({ first, after }) {
      const last = after === undefined ? '' : parseNameCursor(after);
      return db.read(() => publicPage(db, last, first, clock()));
    },

    async delete(id, only) {
      const key = sessionKey(id);
      const deleted = await db.transaction(() => {
        const record = liveRecord(db, key, clock());
        if (record === null) return null;
        if (only !== undefined && (record.epoch !== only.epoch || record.version !== only.version)) return null;
        removeSession(db, key, record);
        return record;
      });
      if (deleted === null) return false;
      announcer.announce(id, (watcher) => watcher.gone(deleted.epoch));
      return true;
    },

    async watch(id, watcher) {
      return db.read(() => announcer.watch(id, watcher));
    },
  };
}
