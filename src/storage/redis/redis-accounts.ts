import type { Cluster, Redis } from 'ioredis';
import type { AccountStore } from '../account-store.ts';
import { defineScript } from './define-script.ts';
import { accountKey } from './redis-keys.ts';
import { changing, reading } from './redis-refusal.ts';
import { CLAIM_ACCOUNT } from './scripts.ts';

export function createRedisAccounts(commands: Redis | Cluster): AccountStore {
  const claimScript = defineScript(commands, 'rsvgClaimAccount', CLAIM_ACCOUNT);
  return {
    async find(userId) {
      const fields = commands.hmget(accountKey(userId), 'passwordHash', 'createdAt');
      const [passwordHash, createdAt] = await reading(fields);
      return passwordHash == null ? null : { userId, passwordHash, createdAt: Number(createdAt) };
    },

    async claim(userId, passwordHash) {
      return (await changing(claimScript([accountKey(userId)], [passwordHash]))) === 1;
    },
  };
}
