import type { Cluster, Redis } from 'ioredis';
import type { KeyStore } from '../key-store.ts';
import { defineScript } from './define-script.ts';
import { SIGNING_KEY } from './redis-keys.ts';
import { changing, reading, unavailable } from './redis-refusal.ts';

const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
`;

export function createRedisKeys(commands: Redis | Cluster): KeyStore {
  const replaceScript = defineScript(commands, 'rsvgReplaceSigningKeys', REPLACE);

  return {
    read: () => reading(commands.get(SIGNING_KEY)),

    async offer(record) {
      await changing(commands.set(SIGNING_KEY, record, 'NX'));
      const standing = await reading(commands.get(SIGNING_KEY));
      // Only Redis losing its data in between takes it away.
      if (standing === null) throw unavailable('; the signing keys are gone');
      return standing;
    },

    async replace(standing, next) {
      return (await changing(replaceScript([SIGNING_KEY], [standing, next]))) === 1;
    },
  };
}
