import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { parseName } from '../sessions/session-id.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { Passwords } from './passwords.ts';
import type { AccessToken, Tokens } from './tokens.ts';

const MIN_TTL_SECONDS = 60;
const MAX_TTL_SECONDS = 86_400;

export interface Credentials {
  readonly userId: string;
  readonly password: string;
  /** 60 to 86,400. */
  readonly ttlSeconds: number;
}

export interface SignedIn extends AccessToken {
  readonly userId: string;
  /** This sign-in claimed the user id. */
  readonly created: boolean;
}

/**
 * Checks the password, or claims the user id with it if nobody has it yet.
 *
 * @throws Refusal UNAUTHENTICATED, BAD_USER_INPUT, UNAVAILABLE
 */
export type SignIn = (credentials: Credentials) => Promise<SignedIn>;

export function createSignIn(accounts: AccountStore, passwords: Passwords, tokens: Tokens, log: Log): SignIn {
  function refuse(reason: string, userId: string, message: string): Refusal {
    log.info({ event: 'sign-in.refused', reason, userId }, 'sign-in refused');
    return new Refusal('UNAUTHENTICATED', message);
  }

  /** Hashing a claim and verifying a password cost the same, so the time tells nothing about who exists. */
  async function enter(userId: string, password: string): Promise<{ created: boolean }> {
    const account = await accounts.find(userId);
    if (account === null && (await accounts.claim(userId, await passwords.hash(password)))) return { created: true };
    const { passwordHash } = account ?? (await accounts.find(userId)) ?? { passwordHash: null };
    if (passwordHash === null || !(await passwords.verify(passwordHash, password))) {
      throw refuse('password', userId, 'The password is wrong for this user id, or the id belongs to somebody else.');
    }
    return { created: false };
  }

  return async ({ userId: given, password, ttlSeconds }) => {
    if (!(Number.isInteger(ttlSeconds) && ttlSeconds >= MIN_TTL_SECONDS && ttlSeconds <= MAX_TTL_SECONDS)) {
      throw new Refusal('BAD_USER_INPUT', `A token lives ${MIN_TTL_SECONDS} to ${MAX_TTL_SECONDS} seconds.`);
    }
    if (given.trim() === '' || password === '')
      throw refuse('empty', '', 'The user id and the password may not be empty.');
    const userId = parseName(given, 'user id');
    const { created } = await enter(userId, password);
    if (created) log.info({ event: 'user.claimed', userId }, 'user id claimed');
    return { ...(await tokens.issue(userId, ttlSeconds)), userId, created };
  };
}
