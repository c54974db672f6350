import type { ApiKeyRecord, ApiKeyStore } from '../api-key-store.ts';
import type { EmbeddedDatabase, StoredApiKey } from './database.ts';
import { cancelLapse, scheduleLapse } from './lapses.ts';

export function createEmbeddedApiKeys(db: EmbeddedDatabase, clock: () => number): ApiKeyStore {
  const isLive = ({ expiresAt }: StoredApiKey) => expiresAt === null || expiresAt > clock();

  /** Oldest first, the expired included. */
  function allOf(uid: string): { readonly keyId: string; readonly stored: StoredApiKey }[] {
    const range = db.apiKeys.getRange({ start: [uid, ''], end: [uid, '\uffff'] });
    const found = [...range].map(({ key, value }) => ({ keyId: key[1], stored: value }));
    return found.sort((a, b) => a.stored.order - b.stored.order);
  }

  function removeKey(uid: string, keyId: string, { expiresAt }: StoredApiKey) {
    db.apiKeys.removeSync([uid, keyId]);
    // It may be due in a hundred years, and there may be many of them.
    if (expiresAt !== null) cancelLapse(db, expiresAt, 'apiKey', uid, keyId);
  }

  return {
    add({ uid, keyId, ...rest }, max) {
      return db.transaction(() => {
        const standing = allOf(uid);
        if (standing.filter(({ stored }) => isLive(stored)).length >= max) return false;
        const order = (standing.at(-1)?.stored.order ?? 0) + 1;
        db.apiKeys.putSync([uid, keyId], { ...rest, createdAt: clock(), lastUsedAt: null, order });
        if (rest.expiresAt !== null) scheduleLapse(db, rest.expiresAt, 'apiKey', uid, keyId);
        return true;
      });
    },

    async find(uid, keyId) {
      const found = db.read(() => db.apiKeys.get([uid, keyId]));
      return found === undefined || !isLive(found) ? null : recordOf(uid, keyId, found);
    },

    async list(uid) {
      const found = db.read(() => allOf(uid).filter(({ stored }) => isLive(stored)));
      return found.reverse().map(({ keyId, stored }) => recordOf(uid, keyId, stored));
    },

    used(uid, keyId) {
      return db.transaction(() => {
        const standing = db.apiKeys.get([uid, keyId]);
        if (standing !== undefined) db.apiKeys.putSync([uid, keyId], { ...standing, lastUsedAt: clock() });
      });
    },

    remove(uid, keyId) {
      return db.transaction(() => {
        const standing = db.apiKeys.get([uid, keyId]);
        if (standing === undefined) return false;
        removeKey(uid, keyId, standing);
        return isLive(standing);
      });
    },

    removeAll(uid) {
      return db.transaction(() => {
        for (const { keyId, stored } of allOf(uid)) removeKey(uid, keyId, stored);
      });
    },
  };
}

function recordOf(uid: string, keyId: string, { order: _, ...stored }: StoredApiKey): ApiKeyRecord {
  return { uid, keyId, ...stored };
}
