import { LRUCache } from 'lru-cache';
import type { RefusedTokens } from '../auth/refused-tokens.ts';
import type { LimitStore } from '../storage/limit-store.ts';
import { addressGroup } from './address-group.ts';
import { limitRefusal } from './limit-refusal.ts';
import { type Limits, limitKey } from './limits.ts';
import { POLICIES } from './policies.ts';

const POLICY = 'refusedTokensPerAddress';
const REMEMBERED_ADDRESSES = 10_000;

/**
 * Counted in the store, but remembered here who has none left: a good token costs no round trip. Another node learns of
 * it with the first refusal of its own.
 */
export function limitRefusedTokens(store: Pick<LimitStore, 'take'>, limits: Limits): RefusedTokens {
  const blocked = new LRUCache<string, true>({ max: REMEMBERED_ADDRESSES });
  return {
    check(client) {
      const address = addressGroup(client.address);
      if (!blocked.has(address)) return;
      throw limits.told(limitRefusal(POLICY, blocked.getRemainingTTL(address)), address, { client });
    },
    count({ address: given }) {
      const address = addressGroup(given);
      // Nobody waits for it: the refusal stands, and without a store nothing can be guessed.
      store.take(limitKey(POLICY, address), 1, POLICIES[POLICY]).then(
        ({ remaining, resetMs }) => void (remaining === 0 && blocked.set(address, true, { ttl: Math.ceil(resetMs) })),
        () => {},
      );
    },
  };
}
