import type { AccountStore } from '../account-store.ts';
import type { EmbeddedDatabase } from './database.ts';
import { scheduleLapse } from './lapses.ts';

export function createEmbeddedAccounts(db: EmbeddedDatabase, clock: () => number): AccountStore {
  return {
    async find(userId) {
      const record = db.read(() => db.accounts.get(userId));
      return record === undefined ? null : { userId, ...record };
    },

    claim(userId, account) {
      return db.transaction(() => {
        if (db.accounts.doesExist(userId)) return 'taken';
        const now = clock();
        if ((db.reservedIds.get(userId) ?? 0) > now) return 'reserved';
        db.reservedIds.removeSync(userId);
        db.accounts.putSync(userId, { ...account, generation: 1, disabled: false, createdAt: now });
        return 'claimed';
      });
    },

    change(userId, expect, change) {
      return db.transaction(() => {
        const standing = db.accounts.get(userId);
        if (standing?.uid !== expect.uid) return false;
        if (expect.passwordHash !== undefined && standing.passwordHash !== expect.passwordHash) return false;
        db.accounts.putSync(userId, { ...standing, ...change });
        return true;
      });
    },

    remove(userId, uid, reservedMs) {
      return db.transaction(() => {
        if (db.accounts.get(userId)?.uid !== uid) return false;
        db.accounts.removeSync(userId);
        const until = clock() + reservedMs;
        db.reservedIds.putSync(userId, until);
        scheduleLapse(db, until, 'reservedId', userId);
        return true;
      });
    },

    async *list() {
      for (const { key, value } of db.read(() => [...db.accounts.getRange()])) yield { userId: key, ...value };
    },
  };
}
