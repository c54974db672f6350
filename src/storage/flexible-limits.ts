import type { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { LimitStore } from './limit-store.ts';

/** For the one limiter that serves all allowances: it only counts, and each call says for how long. */
export const COUNTING_ONLY = { points: Number.MAX_SAFE_INTEGER, duration: 1 } as const;

/** The port on either of the library's stores. */
export function flexibleLimits(limiter: RateLimiterMemory | RateLimiterRedis): LimitStore {
  return {
    async take(key, points, allowance) {
      // Not `consume`: that refuses all where some are left.
      const counted = await limiter.penalty(key, points, { customDuration: allowance.windowMs / 1000 });
      const before = counted.consumedPoints - points;
      return {
        granted: Math.max(0, Math.min(points, allowance.points - before)),
        remaining: Math.max(0, allowance.points - counted.consumedPoints),
        resetMs: Math.max(1, counted.msBeforeNext),
      };
    },
    async mark(key, forMs) {
      await limiter.set(key, 1, forMs / 1000);
    },
    async remembered(key) {
      return Math.max(0, (await limiter.get(key))?.msBeforeNext ?? 0);
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
}
