import type { Accounts } from '../auth/accounts.ts';
import { type Client, fullySignedIn } from '../auth/caller.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import { Refusal } from '../errors.ts';
import type { SignInLimits } from './sign-in-limits.ts';

/** What is written after the fact changes no answer: the store may be gone by then. */
const noMatter = () => {};

/** Runs what checks a password, and counts it by its outcome. */
function createChecked(limits: SignInLimits) {
  return async <T>(client: Client, userId: string, check: () => Promise<T>): Promise<T> => {
    await limits.attempt(client, userId);
    try {
      const outcome = await check();
      await limits.succeeded(client, userId).catch(noMatter);
      return outcome;
    } catch (error) {
      const wrong = error instanceof Refusal && error.code === 'UNAUTHENTICATED';
      if (wrong) await limits.failed(client, userId).catch(noMatter);
      throw error;
    }
  };
}

/** The same sign-ins, of which each address and each user has so many in a minute. */
export function limitSignIns(signIns: SignIns, limits: SignInLimits): SignIns {
  const checked = createChecked(limits);
  return {
    ...signIns,
    issue: (issue, client, how) => checked(client, issue.userId, () => signIns.issue(issue, client, how)),
    async register(credentials, client) {
      // It checks no password, so it says nothing about an id but whether it is taken.
      await limits.attempt(client, null);
      return signIns.register(credentials, client);
    },
  };
}

/** The same accounts: a password that proves an account is counted as a sign-in. */
export function limitAccounts(accounts: Accounts, limits: SignInLimits): Accounts {
  const checked = createChecked(limits);
  return {
    ...accounts,
    async changePassword(caller, change) {
      const { userId } = fullySignedIn(caller);
      return checked(caller.client, userId, () => accounts.changePassword(caller, change));
    },
    async delete(caller, proof) {
      const { userId } = fullySignedIn(caller);
      return checked(caller.client, userId, () => accounts.delete(caller, proof));
    },
  };
}
