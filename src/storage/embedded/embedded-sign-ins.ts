import type { SignInRecord, SignInStore } from '../sign-in-store.ts';
import type { EmbeddedDatabase, StoredSignIn } from './database.ts';
import { scheduleLapse } from './lapses.ts';

export function createEmbeddedSignIns(db: EmbeddedDatabase, clock: () => number): SignInStore {
  function live(uid: string, sid: string, now: number): StoredSignIn | null {
    const found = db.signIns.get([uid, sid]);
    return found === undefined || found.expiresAt <= now ? null : found;
  }

  /** The longest unused first. */
  function allOf(uid: string, now: number): { readonly sid: string; readonly stored: StoredSignIn }[] {
    const range = db.signIns.getRange({ start: [uid, ''], end: [uid, '\uffff'] });
    const found = [...range].map(({ key, value }) => ({ sid: key[1], stored: value }));
    return found.filter(({ stored }) => stored.expiresAt > now).sort((a, b) => a.stored.order - b.stored.order);
  }

  const nextOrder = (uid: string, now: number) => (allOf(uid, now).at(-1)?.stored.order ?? 0) + 1;

  return {
    add({ uid, sid, ttlMs, ...rest }, max) {
      return db.transaction(() => {
        const now = clock();
        const standing = allOf(uid, now);
        const ousted = standing.slice(0, Math.max(0, standing.length - max + 1)).map((each) => each.sid);
        for (const each of ousted) db.signIns.removeSync([uid, each]);
        const order = (standing.at(-1)?.stored.order ?? 0) + 1;
        const expiresAt = now + ttlMs;
        db.signIns.putSync([uid, sid], { ...rest, createdAt: now, lastUsedAt: now, expiresAt, order });
        scheduleLapse(db, expiresAt, 'signIn', uid, sid);
        return ousted;
      });
    },

    rotate({ uid, sid, presentedHash, familyHash, nextHash, sealedAnswer, graceMs, ttlMs }) {
      return db.transaction(() => {
        const now = clock();
        const standing = live(uid, sid, now);
        if (standing === null || standing.familyHash !== familyHash) return { is: 'unknown' };
        if (standing.tokenHash !== presentedHash) {
          const signIn = recordOf(uid, sid, standing);
          const answer = db.answers.get([uid, sid, presentedHash]);
          if (answer === undefined || answer.expiresAt <= now) return { is: 'reused', signIn };
          return { is: 'repeated', signIn, sealedAnswer: answer.sealed };
        }
        const order = nextOrder(uid, now);
        const next = { ...standing, tokenHash: nextHash, lastUsedAt: now, expiresAt: now + ttlMs, order };
        db.signIns.putSync([uid, sid], next);
        db.answers.putSync([uid, sid, presentedHash], { sealed: sealedAnswer, expiresAt: now + graceMs });
        scheduleLapse(db, now + graceMs, 'answer', uid, sid, presentedHash);
        return { is: 'rotated', signIn: recordOf(uid, sid, next) };
      });
    },

    async find(uid, sid) {
      const found = db.read(() => live(uid, sid, clock()));
      return found === null ? null : recordOf(uid, sid, found);
    },

    async list(uid) {
      const found = db.read(() => allOf(uid, clock()));
      return found.reverse().map(({ sid, stored }) => recordOf(uid, sid, stored));
    },

    remove(uid, sids) {
      return db.transaction(() => {
        for (const sid of sids) db.signIns.removeSync([uid, sid]);
      });
    },
  };
}

function recordOf(uid: string, sid: string, stored: StoredSignIn): SignInRecord {
  const { tokenHash: _, familyHash: __, order: ___, ...rest } = stored;
  return { uid, sid, ...rest };
}
