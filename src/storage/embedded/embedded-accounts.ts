import type { AccountStore } from '../account-store.ts';
import type { EmbeddedDatabase } from './database.ts';

export function createEmbeddedAccounts(db: EmbeddedDatabase, clock: () => number): AccountStore {
  return {
    async find(userId) {
      const record = db.read(() => db.accounts.get(userId));
      return record === undefined ? null : { userId, ...record };
    },

    claim(userId, passwordHash) {
      return db.transaction(() => {
        if (db.accounts.doesExist(userId)) return false;
        db.accounts.putSync(userId, { passwordHash, createdAt: clock() });
        return true;
      });
    },
  };
}
