import { LRUCache } from 'lru-cache';
import type { LimitStore, Taken } from '../storage/limit-store.ts';
import type { Policy } from './policies.ts';

/** What a process has taken of one counter. */
interface Lease {
  left: number;
  /** Nobody had any left when it was taken. */
  exhausted: boolean;
  /** Milliseconds of `performance.now()`. */
  until: number;
  renewal: Promise<void> | null;
}

/** Of those who write most seldom, the lease is lost: they ask the store again, and are never allowed more. */
const MAX_LEASES = 20_000;

/** Takes one point. */
export type TakeOne = (key: string, policy: Policy) => Promise<Pick<Taken, 'granted' | 'resetMs'>>;

/**
 * Takes points from the store a few at once, so that a write at a high rate asks nobody but this process. A lease ends
 * with the window it was taken in: in each window all processes together give no more than the policy allows. Who is
 * refused costs no round trip either.
 */
export function createLeases(store: Pick<LimitStore, 'take'>): TakeOne {
  const leases = new LRUCache<string, Lease>({ max: MAX_LEASES });

  function leaseOf(key: string): Lease {
    const known = leases.get(key);
    if (known !== undefined) return known;
    const lease = { left: 0, exhausted: false, until: 0, renewal: null };
    leases.set(key, lease);
    return lease;
  }

  async function renew(key: string, lease: Lease, policy: Policy): Promise<void> {
    const asked = performance.now();
    const { granted, resetMs } = await store.take(key, policy.lease, policy);
    lease.left = granted;
    lease.exhausted = granted === 0;
    // From when it was asked, not answered: so it never lasts into the store's next window.
    lease.until = asked + resetMs;
  }

  return async (key, policy) => {
    if (policy.lease === 1) return store.take(key, 1, policy);
    const lease = leaseOf(key);
    for (;;) {
      const resetMs = lease.until - performance.now();
      if (resetMs > 0 && lease.left > 0) {
        lease.left -= 1;
        return { granted: 1, resetMs };
      }
      if (resetMs > 0 && lease.exhausted) return { granted: 0, resetMs };
      lease.renewal ??= renew(key, lease, policy).finally(() => {
        lease.renewal = null;
      });
      await lease.renewal;
    }
  };
}
