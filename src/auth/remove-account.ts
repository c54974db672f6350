import type { Account, AccountStore } from '../storage/account-store.ts';
import type { ApiKeyStore } from '../storage/api-key-store.ts';
import type { SessionStore } from '../storage/session-store.ts';
import type { SignInStore } from '../storage/sign-in-store.ts';
import { accountSubject, type Deny } from './denial.ts';

const RESERVED_MS = 30 * 86_400_000;
const AT_ONCE = 100;

export interface RemoveAccountDeps {
  readonly accounts: Pick<AccountStore, 'remove'>;
  readonly signIns: Pick<SignInStore, 'list' | 'remove'>;
  readonly apiKeys: Pick<ApiKeyStore, 'removeAll'>;
  readonly sessions: Pick<SessionStore, 'list' | 'delete'>;
  readonly deny: Deny;
}

/** Removes the account and all that is its own; nobody can claim its id for 30 days. */
export type RemoveAccount = (account: Account) => Promise<void>;

export function createRemoveAccount(deps: RemoveAccountDeps): RemoveAccount {
  const { accounts, signIns, apiKeys, sessions, deny } = deps;

  async function deleteSessions(userId: string): Promise<void> {
    for (;;) {
      const { entries } = await sessions.list(userId, { first: AT_ONCE });
      if (entries.length === 0) return;
      await Promise.all(entries.map(({ head }) => sessions.delete(head.id)));
    }
  }

  return async (account) => {
    const { userId, uid } = account;
    // What takes long comes first: if the store fails amid it, the account stands and can be deleted again.
    await deleteSessions(userId);
    await deny([accountSubject(account)]);
    await accounts.remove(userId, uid, RESERVED_MS);
    await apiKeys.removeAll(uid);
    const sids = (await signIns.list(uid)).map(({ sid }) => sid);
    await signIns.remove(uid, sids);
    // A session that was created meanwhile, on the word of a token that was still good.
    await deleteSessions(userId);
  };
}
