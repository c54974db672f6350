import { Refusal } from '../errors.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Account, AccountStore, Role } from '../storage/account-store.ts';
import type { Audit } from './audit.ts';
import { type Caller, fullySignedIn } from './caller.ts';
import type { EndSignIns } from './end-sign-ins.ts';
import { checkNewPassword, checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { RemoveAccount } from './remove-account.ts';

/** What users do with their own accounts, and admins with those of others. Methods throw Refusal UNAVAILABLE. */
export interface Accounts {
  /**
   * Ends all sign-ins but the caller's; API keys stay. `next`: 8 to 1024 characters.
   *
   * @throws Refusal UNAUTHENTICATED for a wrong current password, FORBIDDEN, BAD_USER_INPUT
   */
  changePassword(caller: Caller, passwords: { readonly current: string; readonly next: string }): Promise<void>;
  /**
   * Deletes the account with all its sessions, sign-ins and API keys; its id stays reserved for 30 days.
   *
   * @throws Refusal UNAUTHENTICATED for a wrong password, FORBIDDEN
   */
  delete(caller: Caller, proof: { readonly password: string }): Promise<void>;
  /**
   * Admins only. A disabled account keeps its sessions and keys, but nobody can sign in to it, and all its tokens end.
   *
   * @returns whether it is disabled now
   * @throws Refusal UNAUTHENTICATED, FORBIDDEN, NOT_FOUND; BAD_USER_INPUT for the caller's own
   */
  disable(caller: Caller, userId: string, disabled: boolean): Promise<boolean>;
}

/**
 * What an operator does with accounts, on the store itself, beside servers that run: they learn of it within a second.
 * Methods throw Refusal UNAVAILABLE; NOT_FOUND where there is no such account; BAD_USER_INPUT for an id that could be
 * nobody's and for a new password that has not 8 to 1024 characters.
 */
export interface Operator {
  /** @throws Refusal CONFLICT when the id is taken or reserved */
  add(userId: string, password: string, role: Role): Promise<void>;
  /** Ends all sign-ins. */
  setPassword(userId: string, password: string): Promise<void>;
  /** Ends all tokens, for the role stands in them; sign-ins go on with their refresh tokens. */
  setRole(userId: string, role: Role): Promise<void>;
  setDisabled(userId: string, disabled: boolean): Promise<void>;
  /** As `Accounts.delete`. */
  remove(userId: string): Promise<void>;
  /** In no particular order. */
  list(): AsyncIterable<Omit<Account, 'passwordHash'>>;
}

export interface AccountsDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'change'>;
  readonly passwords: Passwords;
  readonly end: EndSignIns;
  readonly removeAccount: RemoveAccount;
  readonly operator: Pick<Operator, 'setDisabled'>;
  readonly audit: Audit;
}

export function createAccounts(deps: AccountsDeps): Accounts {
  const { accounts, passwords, end, removeAccount, operator, audit } = deps;

  /** The caller's account, once its password is proved: a token alone may be stolen. */
  async function proved(caller: Caller, password: string): Promise<Account> {
    const { userId, uid } = fullySignedIn(caller);
    checkPassword(password);
    const account = await accounts.find(userId);
    const own = account?.uid === uid && !account.disabled ? account : null;
    if ((await passwords.verify(own?.passwordHash ?? null, password)) && own !== null) return own;
    audit({ event: 'sign-in.refused', reason: 'password', client: caller.client, userId });
    throw new Refusal('UNAUTHENTICATED', 'The password is wrong.');
  }

  return {
    async changePassword(caller, { current, next }) {
      checkNewPassword(next);
      const account = await proved(caller, current);
      const { userId, uid, passwordHash } = account;
      const changed = await accounts.change(
        userId,
        { uid, passwordHash },
        { passwordHash: await passwords.hash(next) },
      );
      if (!changed) throw new Refusal('CONFLICT', 'The password was changed by another request at this moment.');
      await end.all(uid, fullySignedIn(caller).sid);
      audit({ event: 'account.password', client: caller.client, userId });
    },

    async delete(caller, { password }) {
      const account = await proved(caller, password);
      await removeAccount(account);
      audit({ event: 'account.deleted', client: caller.client, userId: account.userId });
    },

    async disable(caller, given, disabled) {
      const { role, userId: own } = fullySignedIn(caller);
      if (role !== 'admin') throw new Refusal('FORBIDDEN', 'Only an admin disables users.');
      const userId = parseName(given, 'user id');
      if (userId === own) throw new Refusal('BAD_USER_INPUT', 'Nobody can disable the account that is signed in.');
      await operator.setDisabled(userId, disabled);
      return disabled;
    },
  };
}
