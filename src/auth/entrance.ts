import { Refusal } from '../errors.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Account, AccountStore } from '../storage/account-store.ts';
import type { Audit } from './audit.ts';
import type { Client } from './caller.ts';
import { newOpaqueId } from './opaque-token.ts';
import { checkNewPassword, checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import type { Credentials } from './sign-ins.ts';

/** `open`: a free user id is claimed by its first sign-in. `closed`: only an operator creates users. */
export type SignUp = 'open' | 'closed';

/** Whether a free user id may be claimed here, and with which passwords: 1 character or more, or 8 or more. */
export type Claiming = 'never' | 'any-password' | 'good-password';

export interface Entered {
  readonly account: Account;
  /** It was claimed just now. */
  readonly created: boolean;
}

export interface EntranceDeps {
  readonly accounts: Pick<AccountStore, 'find' | 'claim'>;
  readonly passwords: Passwords;
  readonly signUp: SignUp;
  readonly audit: Audit;
}

/** Where a user id and a password become an account. */
export interface Entrance {
  /** @throws Refusal UNAUTHENTICATED, BAD_USER_INPUT */
  enter(credentials: Credentials, client: Client, claims: Claiming): Promise<Entered>;
  /** @throws Refusal CONFLICT, FORBIDDEN, BAD_USER_INPUT */
  register(credentials: Credentials, client: Client): Promise<Entered>;
}

export function createEntrance({ accounts, passwords, signUp, audit }: EntranceDeps): Entrance {
  function refuse(reason: string, userId: string, client: Client, message: string): Refusal {
    audit({ event: 'sign-in.refused', reason, client, userId });
    return new Refusal('UNAUTHENTICATED', message);
  }

  /** @returns null: taken meanwhile, or reserved */
  async function claim({ userId, password }: Credentials, client: Client): Promise<Entered | null> {
    const passwordHash = await passwords.hash(password);
    const uid = newOpaqueId();
    const outcome = await accounts.claim(userId, { uid, passwordHash, role: 'user' });
    const account = outcome === 'claimed' ? await accounts.find(userId) : null;
    if (account?.uid !== uid) return null;
    audit({ event: 'account.claimed', client, userId });
    return { account, created: true };
  }

  return {
    /** Hashing a claim and verifying a password cost the same, so the time tells nothing about who exists. */
    async enter({ userId: given, password }, client, claims) {
      if (given.trim() === '' || password === '') {
        throw refuse('empty', '', client, 'The user id and the password may not be empty.');
      }
      const userId = parseName(given, 'user id');
      checkPassword(password);
      const standing = await accounts.find(userId);
      const mayClaim = standing === null && signUp === 'open' && claims !== 'never';
      if (mayClaim && claims === 'good-password') checkNewPassword(password);
      const claimed = mayClaim ? await claim({ userId, password }, client) : null;
      if (claimed !== null) return claimed;
      // Of two who claim at once one comes too late; the other's password may be the same.
      const account = mayClaim ? await accounts.find(userId) : standing;
      const fits =
        mayClaim && account === null ? false : await passwords.verify(account?.passwordHash ?? null, password);
      if (account === null || !fits) {
        const why = signUp === 'open' ? ', or the id belongs to somebody else' : '';
        throw refuse('password', userId, client, `The user id or the password is wrong${why}.`);
      }
      if (account.disabled) throw refuse('disabled', userId, client, 'This account is disabled; ask the operator.');
      return { account, created: false };
    },

    async register({ userId: given, password }, client) {
      if (signUp === 'closed') {
        throw new Refusal('FORBIDDEN', 'Nobody can register here; ask the operator of this server for an account.');
      }
      const userId = parseName(given, 'user id');
      checkNewPassword(password);
      const claimed = (await accounts.find(userId)) === null ? await claim({ userId, password }, client) : null;
      if (claimed !== null) return claimed;
      throw new Refusal('CONFLICT', `The user id ${JSON.stringify(userId)} is taken; choose another.`);
    },
  };
}
