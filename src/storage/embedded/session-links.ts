import type { SessionId } from '../../sessions/session-id.ts';
import type { ViewLinkRecord } from '../session-access.ts';
import type { SessionStore, StoredFrame } from '../session-store.ts';
import { type EmbeddedDatabase, type SessionKey, sessionKey } from './database.ts';
import { svgIn } from './session-contents.ts';
import { liveRecord } from './session-records.ts';

/** The current frame. To be called within a read or a transaction. */
export function frameOf(db: EmbeddedDatabase, key: SessionKey, now: number): StoredFrame | null {
  const record = liveRecord(db, key, now);
  if (record === null) return null;
  const { epoch, version, updatedAt, access = 0 } = record;
  const content = db.contents.get(key);
  return { epoch, version, renderedAt: updatedAt, svg: content === undefined ? '' : svgIn(content), access };
}

type SessionLinks = Pick<SessionStore, 'access' | 'addLink' | 'removeLink'>;

export interface SessionLinksOptions {
  readonly db: EmbeddedDatabase;
  readonly clock: () => number;
  readonly announce: (id: SessionId, frame: StoredFrame) => void;
}

/** Who may see the sessions of LMDB. */
export function createSessionLinks({ db, clock, announce }: SessionLinksOptions): SessionLinks {
  const linksOf = (key: SessionKey): readonly ViewLinkRecord[] => db.viewLinks.get(key) ?? [];

  return {
    async access(id) {
      const key = sessionKey(id);
      return db.read(() => {
        const record = liveRecord(db, key, clock());
        if (record === null) return null;
        const { epoch, visibility = 'public', access = 0 } = record;
        return { epoch, visibility, access, links: linksOf(key) };
      });
    },

    addLink(id, epoch, link, max) {
      const key = sessionKey(id);
      return db.transaction(() => {
        const now = clock();
        if (liveRecord(db, key, now)?.epoch !== epoch) return null;
        const links = linksOf(key).filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
        if (links.length >= max) return 'full';
        const added = { ...link, createdAt: now };
        db.viewLinks.putSync(key, [...links, added]);
        return added;
      });
    },

    async removeLink(id, linkId) {
      const key = sessionKey(id);
      const frame = await db.transaction(() => {
        const record = liveRecord(db, key, clock());
        const links = linksOf(key);
        const left = links.filter((link) => link.linkId !== linkId);
        if (record === null || left.length === links.length) return null;
        db.viewLinks.putSync(key, left);
        db.sessions.putSync(key, { ...record, access: (record.access ?? 0) + 1 });
        return frameOf(db, key, clock());
      });
      if (frame !== null) announce(id, frame);
      return frame !== null;
    },
  };
}
