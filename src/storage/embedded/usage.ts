import type { Excess, Quotas } from '../quotas.ts';
import type { EmbeddedDatabase, SessionRecord, Usage } from './database.ts';

type Owner = string | false;

const NOTHING: Usage = { sessions: 0, bytes: 0 };

export interface Growth {
  /** What the write adds to the usage, as it is counted. */
  readonly growth: Usage;
  /** Whether there are more sessions, or bytes, than before in the eyes of who looks: the expired are absent. */
  readonly grows: { readonly sessions: boolean; readonly bytes: boolean };
  readonly quotas: Quotas;
}

/** @returns null: within the quotas. Only inside a transaction. */
export function excessOf(db: EmbeddedDatabase, owner: Owner, { growth, grows, quotas }: Growth): Excess | null {
  if (!grows.sessions && !grows.bytes) return null;
  const used = db.usages.get([owner]) ?? NOTHING;
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

/** Only inside a transaction. */
export function addUsage(db: EmbeddedDatabase, owner: Owner, { sessions, bytes }: Usage): void {
  // Of public sessions only the number is limited: their updates need not write how many bytes they are.
  const counted = owner === false ? 0 : bytes;
  if (sessions === 0 && counted === 0) return;
  const used = db.usages.get([owner]) ?? NOTHING;
  db.usages.putSync([owner], { sessions: used.sessions + sessions, bytes: used.bytes + counted });
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
      const bytes =
        templateBytes + Buffer.byteLength(db.args.get(key) ?? '') + Buffer.byteLength(db.frames.get(key) ?? '');
      db.sessions.putSync(key, { ...record, templateBytes, bytes });
      addUsage(db, key[0], { sessions: 1, bytes });
    }
  });
}
