import { LRUCache } from 'lru-cache';
import type { SessionContent, SessionHead } from '../storage/session-store.ts';
import { formatSessionId, type SessionId } from './session-id.ts';

/** A session as this process last saw it. It may be out of date: every write is compared by the store. */
export type KnownSession = SessionHead & Pick<SessionContent, 'template' | 'args'>;

const MAX_CODE_UNITS = 32 * 1024 * 1024;

/** What this process has read or written lately, so that the next update costs one round trip and no read. */
export function createKnownSessions() {
  const known = new LRUCache<string, KnownSession>({
    maxSize: MAX_CODE_UNITS,
    sizeCalculation: (session) => session.template.length + session.args.length + 512,
  });

  return {
    get: (id: SessionId): KnownSession | null => known.get(formatSessionId(id)) ?? null,
    remember: (head: SessionHead, { template, args }: Pick<SessionContent, 'template' | 'args'>) =>
      known.set(formatSessionId(head.id), { template, args, ...head }),
    forget: (id: SessionId) => known.delete(formatSessionId(id)),
  };
}
