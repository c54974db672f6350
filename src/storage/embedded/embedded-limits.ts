import { RateLimiterMemory } from 'rate-limiter-flexible';
import { COUNTING_ONLY, flexibleLimits } from '../flexible-limits.ts';
import type { LimitStore } from '../limit-store.ts';

/** In the memory of this process: a restart begins anew, and several processes on one folder count each for itself. */
export function createEmbeddedLimits(): LimitStore {
  return flexibleLimits(new RateLimiterMemory(COUNTING_ONLY));
}
