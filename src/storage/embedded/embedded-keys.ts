import type { KeyStore } from '../key-store.ts';
import type { EmbeddedDatabase } from './database.ts';

const SIGNING = 'signing';

export function createEmbeddedKeys(db: EmbeddedDatabase): KeyStore {
  return {
    async read() {
      return db.read(() => db.keys.get(SIGNING) ?? null);
    },

    offer(record) {
      return db.transaction(() => {
        const standing = db.keys.get(SIGNING);
        if (standing !== undefined) return standing;
        db.keys.putSync(SIGNING, record);
        return record;
      });
    },

    replace(standing, next) {
      return db.transaction(() => {
        if (db.keys.get(SIGNING) !== standing) return false;
        db.keys.putSync(SIGNING, next);
        return true;
      });
    },
  };
}
