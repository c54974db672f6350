import type { Excess, Quotas } from '../quotas.ts';
import type { EmbeddedDatabase, SessionRecord, Usage } from './database.ts';
import { contentBytes } from './session-contents.ts';

type Owner = string | false;

/** What a write adds, as it is counted. */
type Growth = Pick<Usage, 'sessions' | 'bytes'>;

export const NOTHING: Usage = { sessions: 0, bytes: 0, change: 0 };

export interface Wish {
  readonly growth: Growth;
  /** Whether there are more sessions, or bytes, than before in the eyes of who looks: the expired are absent. */
  readonly grows: { readonly sessions: boolean; readonly bytes: boolean };
  readonly quotas: Quotas;
}

/** Only inside a transaction. */
export function usageOf(db: EmbeddedDatabase, owner: Owner): Usage {
  return db.usages.get([owner]) ?? NOTHING;
}

/** @returns null: within the quotas */
export function excessOf(used: Usage, owner: Owner, { growth, grows, quotas }: Wish): Excess | null {
  const wanted = { sessions: used.sessions + growth.sessions, bytes: used.bytes + growth.bytes };
  const ofSessions = owner === false ? 'maxPublicSessions' : 'maxSessionsPerUser';
  if (grows.sessions && wanted.sessions > quotas[ofSessions]) {
    return { quota: ofSessions, used: used.sessions, wanted: wanted.sessions };
  }
  if (owner !== false && grows.bytes && wanted.bytes > quotas.maxBytesPerUser) {
    return { quota: 'maxBytesPerUser', used: used.bytes, wanted: wanted.bytes };
  }
  return null;
}

/** Puts the sum, and the last number given, unless neither changes. Only inside a transaction. */
export function addUsage(db: EmbeddedDatabase, owner: Owner, used: Usage, growth: Growth, change = used.change): void {
  // Of public sessions only the number is limited: their updates need not write how many bytes they are.
  const bytes = owner === false ? 0 : growth.bytes;
  if (growth.sessions === 0 && bytes === 0 && change === used.change) return;
  db.usages.putSync([owner], { sessions: used.sessions + growth.sessions, bytes: used.bytes + bytes, change });
}

/**
 * Counts what stands in a store that was written before there were quotas, once. The usage of public sessions is there
 * in every store that has been counted, though it be nothing.
 */
export async function countUsage(db: EmbeddedDatabase): Promise<void> {
  const isCounted = () => db.usages.doesExist([false]);
  if (db.read(isCounted)) return;
  await db.transaction(() => {
    if (isCounted()) return;
    db.usages.putSync([false], NOTHING);
    for (const key of [...db.sessions.getKeys()]) {
      const record = db.sessions.get(key) as Omit<SessionRecord, 'templateBytes' | 'bytes'>;
      const templateBytes = Buffer.byteLength(db.templates.get(key) ?? '');
      const content = db.contents.get(key);
      const bytes = templateBytes + (content === undefined ? 0 : contentBytes(content));
      db.sessions.putSync(key, { ...record, templateBytes, bytes });
      addUsage(db, key[0], usageOf(db, key[0]), { sessions: 1, bytes });
    }
  });
}
