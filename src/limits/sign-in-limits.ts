import type { Client } from '../auth/caller.ts';
import { parseName } from '../sessions/session-id.ts';
import type { LimitStore } from '../storage/limit-store.ts';
import { addressGroup } from './address-group.ts';
import { delayRefusal } from './limit-refusal.ts';
import { type Limits, limitKey, type Who } from './limits.ts';
import { FAMILIAR_MS, SIGN_IN_DELAY } from './policies.ts';

/**
 * How often a password may be tried. An address that a user has signed in from has a count of its own: whoever tries
 * that user's id from elsewhere takes nothing from it, so nobody can be locked out of where they are used to be.
 */
export interface SignInLimits {
  /**
   * Counts an attempt; to be asked before the password is looked at.
   *
   * @param userId as the client wrote it; null: a new one
   * @throws Refusal RATE_LIMITED, UNAVAILABLE
   */
  attempt(client: Client, userId: string | null): Promise<void>;
  /** The password was wrong. */
  failed(client: Client, userId: string): Promise<void>;
  /** The password was right. */
  succeeded(client: Client, userId: string): Promise<void>;
}

/** In milliseconds; 0 for the first few. */
export function delayAfter(failures: number): number {
  const { fromFailure, firstMs, mostMs } = SIGN_IN_DELAY;
  return failures < fromFailure ? 0 : Math.min(mostMs, firstMs * 2 ** (failures - fromFailure));
}

/** null: nobody can have this id, so there is nothing to count. */
function normalized(userId: string | null): string | null {
  try {
    return userId === null ? null : parseName(userId, 'user id');
  } catch {
    return null;
  }
}

export function createSignInLimits(store: LimitStore, limits: Limits): SignInLimits {
  function keysOf(userId: string, address: string) {
    return {
      delay: limitKey('sign-in-delay', userId, address),
      failures: limitKey('sign-in-failures', userId, address),
      familiar: limitKey('familiar-address', userId, address),
    };
  }

  async function countUser(userId: string, address: string, who: Who): Promise<void> {
    const familiar = (await store.remembered(keysOf(userId, address).familiar)) > 0;
    if (familiar) await limits.count('signInsPerUserAndAddress', `${userId} ${address}`, who);
    else await limits.count('signInsPerUser', userId, who);
  }

  return {
    async attempt(client, given) {
      const address = addressGroup(client.address);
      const userId = normalized(given);
      const who = { client, ...(userId === null ? {} : { userId }) };
      if (userId !== null) {
        const waitMs = await store.remembered(keysOf(userId, address).delay);
        // Nothing else is counted then: an address that must wait cannot use up what others may try.
        if (waitMs > 0) throw limits.told(delayRefusal(waitMs), `${userId} ${address}`, who);
      }
      await limits.count('signInsPerAddress', address, who);
      if (userId !== null) await countUser(userId, address, who);
    },

    async failed(client, given) {
      const userId = normalized(given);
      if (userId === null) return;
      const { delay, failures } = keysOf(userId, addressGroup(client.address));
      const allowance = { points: Number.MAX_SAFE_INTEGER, windowMs: SIGN_IN_DELAY.forgottenAfterMs };
      const { remaining } = await store.take(failures, 1, allowance);
      const delayMs = delayAfter(allowance.points - remaining);
      if (delayMs > 0) await store.mark(delay, delayMs);
    },

    async succeeded(client, given) {
      const userId = normalized(given);
      if (userId === null) return;
      const { failures, familiar } = keysOf(userId, addressGroup(client.address));
      await Promise.all([store.forget(failures), store.mark(familiar, FAMILIAR_MS)]);
    },
  };
}
