import { Refusal } from '../errors.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Account, AccountStore } from '../storage/account-store.ts';
import type { ApiKeyStore } from '../storage/api-key-store.ts';
import type { SessionStore } from '../storage/session-store.ts';
import type { SignInStore } from '../storage/sign-in-store.ts';
import type { Operator } from './accounts.ts';
import type { Audit, SecurityEventName } from './audit.ts';
import { accountSubject, type Deny } from './denial.ts';
import { createEndSignIns } from './end-sign-ins.ts';
import { newOpaqueId } from './opaque-token.ts';
import { checkNewPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { createRemoveAccount } from './remove-account.ts';

export interface OperatorDeps {
  readonly accounts: AccountStore;
  readonly signIns: SignInStore;
  readonly apiKeys: ApiKeyStore;
  readonly sessions: SessionStore;
  readonly deny: Deny;
  readonly passwords: Passwords;
  readonly audit: Audit;
}

function noSuchUser(userId: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no user ${JSON.stringify(userId)}.`);
}

function withoutHash({ passwordHash: _, ...account }: Account): Omit<Account, 'passwordHash'> {
  return account;
}

export function createOperator(deps: OperatorDeps): Operator {
  const { accounts, deny, passwords, audit } = deps;
  const end = createEndSignIns(deps.signIns, deny);
  const removeAccount = createRemoveAccount(deps);

  async function accountOf(given: string): Promise<Account> {
    const userId = parseName(given, 'user id');
    const account = await accounts.find(userId);
    if (account === null) throw noSuchUser(userId);
    return account;
  }

  function tell(event: SecurityEventName, { userId }: Account): void {
    audit({ event, client: null, userId });
  }

  return {
    async add(given, password, role) {
      const userId = parseName(given, 'user id');
      checkNewPassword(password);
      const passwordHash = await passwords.hash(password);
      const outcome = await accounts.claim(userId, { uid: newOpaqueId(), passwordHash, role });
      if (outcome !== 'claimed') {
        const why = outcome === 'reserved' ? 'was deleted less than 30 days ago, so it is reserved' : 'is taken';
        throw new Refusal('CONFLICT', `The user id ${JSON.stringify(userId)} ${why}; choose another.`);
      }
      audit({ event: 'account.claimed', client: null, userId, role });
    },

    async setPassword(userId, password) {
      checkNewPassword(password);
      const account = await accountOf(userId);
      const { uid } = account;
      await accounts.change(account.userId, { uid }, { passwordHash: await passwords.hash(password) });
      await end.all(uid, null);
      tell('account.password', account);
    },

    async setRole(userId, role) {
      const account = await accountOf(userId);
      const { uid, generation } = account;
      // Denied first: if the next step fails, nobody keeps the old role, and the whole can be repeated.
      await deny([accountSubject(account)]);
      await accounts.change(account.userId, { uid }, { role, generation: generation + 1 });
      audit({ event: 'account.role', client: null, userId: account.userId, role });
    },

    async setDisabled(userId, disabled) {
      const account = await accountOf(userId);
      const { uid, generation } = account;
      if (disabled) {
        await deny([accountSubject(account)]);
        await accounts.change(account.userId, { uid }, { disabled });
        await end.all(uid, null);
      } else if (account.disabled) {
        // Nothing is ever taken off the deny list: what begins again is the next generation.
        await accounts.change(account.userId, { uid }, { disabled, generation: generation + 1 });
      }
      tell(disabled ? 'account.disabled' : 'account.enabled', account);
    },

    async remove(userId) {
      const account = await accountOf(userId);
      await removeAccount(account);
      tell('account.deleted', account);
    },

    async *list() {
      for await (const account of accounts.list()) yield withoutHash(account);
    },
  };
}
