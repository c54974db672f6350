import type { EmbeddedDatabase, LapseKey } from './database.ts';

type Lapsing = LapseKey[1];

/** Has the sweep look at the record at that time. A record that lives longer by then is looked at again at its end. */
export function scheduleLapse(db: EmbeddedDatabase, at: number, what: Lapsing, ...key: string[]): void {
  db.lapses.putSync([at, what, ...key], true);
}

export function cancelLapse(db: EmbeddedDatabase, at: number, what: Lapsing, ...key: string[]): void {
  db.lapses.removeSync([at, what, ...key]);
}

/** Deletes at most `limit` of the records that have expired. Only inside a transaction. @returns how many it looked at */
export function deleteLapsed(db: EmbeddedDatabase, now: number, limit: number): number {
  const due = [...db.lapses.getKeys({ end: [now + 1, 'answer'], limit })];
  for (const entry of due) {
    const [, what, ...key] = entry;
    db.lapses.removeSync(entry);
    const until = endOf(db, what, key);
    if (until === null) continue;
    if (until > now) scheduleLapse(db, until, what, ...key);
    else remove(db, what, key);
  }
  return due.length;
}

/** @returns null: it is not there, or does not expire */
function endOf(db: EmbeddedDatabase, what: Lapsing, [first = '', second = '', third = '']: string[]): number | null {
  if (what === 'signIn') return db.signIns.get([first, second])?.expiresAt ?? null;
  if (what === 'answer') return db.answers.get([first, second, third])?.expiresAt ?? null;
  if (what === 'apiKey') return db.apiKeys.get([first, second])?.expiresAt ?? null;
  if (what === 'denial') return db.denials.get(first)?.until ?? null;
  return db.reservedIds.get(first) ?? null;
}

function remove(db: EmbeddedDatabase, what: Lapsing, [first = '', second = '', third = '']: string[]): void {
  if (what === 'signIn') db.signIns.removeSync([first, second]);
  else if (what === 'answer') db.answers.removeSync([first, second, third]);
  else if (what === 'apiKey') db.apiKeys.removeSync([first, second]);
  else if (what === 'denial') {
    const denial = db.denials.get(first);
    if (denial !== undefined) db.denialOrder.removeSync([denial.sequence, first]);
    db.denials.removeSync(first);
  } else db.reservedIds.removeSync(first);
}
