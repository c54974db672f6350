import type { Cluster, Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { COUNTING_ONLY, flexibleLimits } from '../flexible-limits.ts';
import type { LimitStore } from '../limit-store.ts';
import { LIMITS_PREFIX } from './redis-keys.ts';
import { reading } from './redis-refusal.ts';

/** One key for each counter, so that any of them is one round trip to one slot. */
export function createRedisLimits(commands: Redis | Cluster): LimitStore {
  const limits = flexibleLimits(
    new RateLimiterRedis({ storeClient: commands, keyPrefix: LIMITS_PREFIX, ...COUNTING_ONLY }),
  );
  return {
    take: (key, points, allowance) => reading(limits.take(key, points, allowance)),
    mark: (key, forMs) => reading(limits.mark(key, forMs)),
    remembered: (key) => reading(limits.remembered(key)),
    forget: (key) => reading(limits.forget(key)),
  };
}
