import type { EmbeddedDatabase, SessionKey, SessionRecord } from './database.ts';

/** Where the session's entry stands; null: it has none. */
export function dueAtOf({ dueAt, expiresAt }: SessionRecord): number | null {
  return dueAt === undefined ? expiresAt : dueAt;
}

/** Where it is to stand. A public session's end moves on with each update: the sweep lets the entry follow once it is due. */
export function nextDueAt(standing: number | null, expiresAt: number | null): number | null {
  return standing !== null && expiresAt !== null && standing <= expiresAt ? standing : expiresAt;
}

/** Only inside a transaction. */
export function moveExpiry(db: EmbeddedDatabase, key: SessionKey, from: number | null, to: number | null): void {
  if (from === to) return;
  if (from !== null) db.expiries.removeSync([from, key[0], key[1]]);
  if (to !== null) db.expiries.putSync([to, key[0], key[1]], true);
}
