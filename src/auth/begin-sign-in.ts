import { Refusal } from '../errors.ts';
import type { Account, AccountStore } from '../storage/account-store.ts';
import type { SignInStore } from '../storage/sign-in-store.ts';
import type { Audit } from './audit.ts';
import type { Client } from './caller.ts';
import type { EndSignIns } from './end-sign-ins.ts';
import type { Entered } from './entrance.ts';
import { newOpaqueId, newSecret } from './opaque-token.ts';
import { makeRefreshToken } from './refresh-token.ts';
import type { SignedIn } from './sign-ins.ts';
import type { Tokens } from './tokens.ts';

/** Each use of a refresh token begins this anew. */
export const REFRESH_SECONDS = 7 * 86_400;

const MAX_SIGN_INS = 200;

export interface BeginSignInDeps {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly store: Pick<SignInStore, 'add'>;
  readonly tokens: Tokens;
  readonly end: EndSignIns;
  readonly audit: Audit;
}

export interface Terms {
  /** Of the access token. */
  readonly ttlSeconds: number;
  /** Whether there is a refresh token. */
  readonly refresh: boolean;
}

/** Whoever was entered becomes signed in. */
export type BeginSignIn = (entered: Entered, client: Client, terms: Terms) => Promise<SignedIn>;

export function createBeginSignIn({ accounts, store, tokens, end, audit }: BeginSignInDeps): BeginSignIn {
  /** What ends all sign-ins lists them after it changed the account: one that came after the list sees the change here. */
  async function stillStands({ userId, uid, passwordHash, generation }: Account): Promise<boolean> {
    const now = await accounts.find(userId);
    if (now === null || now.disabled) return false;
    return now.uid === uid && now.passwordHash === passwordHash && now.generation === generation;
  }

  return async ({ account, created }, client, { ttlSeconds, refresh }) => {
    const { userId, uid, role, generation } = account;
    const sid = newOpaqueId();
    const made = refresh ? makeRefreshToken({ uid, sid, family: newSecret() }) : null;
    const access = await tokens.issue({ userId, uid, role, generation, sid, pushOnly: null }, ttlSeconds);
    const lifeSeconds = refresh ? Math.max(REFRESH_SECONDS, ttlSeconds) : ttlSeconds;
    const { tokenHash, familyHash } = made ?? { tokenHash: null, familyHash: null };
    const record = { sid, uid, userId, tokenHash, familyHash, agent: client.agent, ttlMs: lifeSeconds * 1000 };
    await end.some(uid, await store.add(record, MAX_SIGN_INS));
    if (!(await stillStands(account))) {
      await end.some(uid, [sid]);
      audit({ event: 'sign-in.refused', reason: 'changed', client, userId });
      throw new Refusal('UNAUTHENTICATED', 'The account was changed at this moment; sign in again.');
    }
    audit({ event: 'token.issued', client, userId, sid, ttlSeconds });
    const refreshExpiresInSeconds = refresh ? REFRESH_SECONDS : null;
    return { ...access, userId, role, created, refreshToken: made?.token ?? null, refreshExpiresInSeconds };
  };
}
