import type { LinkKeyStore } from '../link-key-store.ts';
import type { EmbeddedDatabase } from './database.ts';

const VIEW_LINKS = 'view-links';

export function createEmbeddedLinkKey(db: EmbeddedDatabase): LinkKeyStore {
  return {
    offer(secret) {
      return db.transaction(() => {
        const standing = db.keys.get(VIEW_LINKS);
        if (standing !== undefined) return standing;
        db.keys.putSync(VIEW_LINKS, secret);
        return secret;
      });
    },
  };
}
