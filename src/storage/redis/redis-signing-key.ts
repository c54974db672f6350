import type { Cluster, Redis } from 'ioredis';
import type { KeyStore } from '../key-store.ts';
import { SIGNING_KEY } from './redis-keys.ts';
import { changing, reading, unavailable } from './redis-refusal.ts';

export function createRedisKeys(commands: Redis | Cluster): KeyStore {
  return {
    read: () => reading(commands.get(SIGNING_KEY)),

    async offer(record) {
      await changing(commands.set(SIGNING_KEY, record, 'NX'));
      const standing = await reading(commands.get(SIGNING_KEY));
      // Only Redis losing its data in between takes it away.
      if (standing === null) throw unavailable('; the signing key is gone');
      return standing;
    },
  };
}
