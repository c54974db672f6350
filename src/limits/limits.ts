import { LRUCache } from 'lru-cache';
import type { Audit } from '../auth/audit.ts';
import type { Caller } from '../auth/caller.ts';
import type { Refusal } from '../errors.ts';
import type { LimitStore } from '../storage/limit-store.ts';
import { createLeases } from './leases.ts';
import { limitRefusal } from './limit-refusal.ts';
import { POLICIES, type PolicyName } from './policies.ts';

/** Whoever is refused a thousand times a second shall not fill the log. */
const TOLD_AGAIN_AFTER_MS = 10_000;
const TOLD = 10_000;

/** Who is refused, as the log shall know it. */
export type Who = Pick<Caller, 'client'> & { readonly userId?: string };

export interface Limits {
  /** Counts one. @throws Refusal RATE_LIMITED when there are none left, UNAVAILABLE when the store cannot be reached */
  count(policy: PolicyName, subject: string, who: Who): Promise<void>;
  /** Tells of the refusal, of the same subject once in 10 seconds. @returns the refusal */
  told(refusal: Refusal, subject: string, who: Who): Refusal;
}

/** The key of a counter. A subject is percent-encoded, so that none can spell another. */
export function limitKey(counter: string, ...subject: readonly string[]): string {
  return [counter, ...subject.map(encodeURIComponent)].join(':');
}

export function createLimits(store: LimitStore, audit: Audit): Limits {
  const takeOne = createLeases(store);
  const tellings = new LRUCache<string, true>({ max: TOLD, ttl: TOLD_AGAIN_AFTER_MS });

  function told(refusal: Refusal, subject: string, { client, userId }: Who): Refusal {
    const limit = String(refusal.details.limit);
    const key = limitKey(limit, subject);
    if (!tellings.has(key)) audit({ event: 'limited', limit, client, ...(userId === undefined ? {} : { userId }) });
    tellings.set(key, true, { noUpdateTTL: true });
    return refusal;
  }

  return {
    async count(policy, subject, who) {
      const { granted, resetMs } = await takeOne(limitKey(policy, subject), POLICIES[policy]);
      if (granted === 0) throw told(limitRefusal(policy, resetMs), subject, who);
    },
    told,
  };
}
