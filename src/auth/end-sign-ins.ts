import type { SignInStore } from '../storage/sign-in-store.ts';
import { type Deny, signInSubject } from './denial.ts';

/** Denies, then removes: a process that is killed between the two leaves a sign-in that nobody can use. */
export interface EndSignIns {
  some(uid: string, sids: readonly string[]): Promise<void>;
  /** @param except a sid that stays; null: none does. @returns those that were ended */
  all(uid: string, except: string | null): Promise<readonly string[]>;
}

export function createEndSignIns(store: Pick<SignInStore, 'list' | 'remove'>, deny: Deny): EndSignIns {
  async function some(uid: string, sids: readonly string[]): Promise<void> {
    if (sids.length === 0) return;
    await deny(sids.map(signInSubject));
    await store.remove(uid, sids);
  }

  return {
    some,
    async all(uid, except) {
      const sids = (await store.list(uid)).map(({ sid }) => sid).filter((sid) => sid !== except);
      await some(uid, sids);
      return sids;
    },
  };
}
