import type { Cluster, Redis } from 'ioredis';
import type { LinkKeyStore } from '../link-key-store.ts';
import { LINK_KEY } from './redis-keys.ts';
import { changing, unavailable } from './redis-refusal.ts';

export function createRedisLinkKey(commands: Redis | Cluster): LinkKeyStore {
  return {
    async offer(secret) {
      await changing(commands.set(LINK_KEY, secret, 'NX'));
      const standing = await changing(commands.get(LINK_KEY));
      // Only Redis losing its data in between takes it away.
      if (standing === null) throw unavailable('; the secret of view links is gone');
      return standing;
    },
  };
}
