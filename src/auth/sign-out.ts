import { Refusal } from '../errors.ts';
import type { ApiKeyStore } from '../storage/api-key-store.ts';
import type { SignInRecord, SignInStore } from '../storage/sign-in-store.ts';
import type { Audit } from './audit.ts';
import { REFRESH_SECONDS } from './begin-sign-in.ts';
import { type Caller, fullySignedIn, type User } from './caller.ts';
import type { EndSignIns } from './end-sign-ins.ts';
import { hashSecret, newSecret } from './opaque-token.ts';
import { GRACE_MS } from './refresh.ts';
import { readRefreshToken } from './refresh-token.ts';
import { NO_ANSWER } from './sealed-answer.ts';
import type { SignOut } from './sign-ins.ts';

export interface SignOutDeps {
  readonly store: Pick<SignInStore, 'find' | 'rotate'>;
  readonly apiKeys: Pick<ApiKeyStore, 'find'>;
  readonly end: EndSignIns;
  readonly audit: Audit;
}

type Holder = Pick<SignInRecord, 'uid' | 'sid' | 'userId'>;

/** See `SignIns.signOut`. */
export function createSignOut({ store, apiKeys, end, audit }: SignOutDeps) {
  /** Whose refresh token it is. It is used up for it, since only a rotation tells whether the secret is right. */
  async function holderOf(refreshToken: string): Promise<Holder | null> {
    const presented = readRefreshToken(refreshToken);
    if (presented === null) return null;
    const { uid, sid, family } = presented;
    const outcome = await store.rotate({
      ...{ uid, sid, graceMs: GRACE_MS, ttlMs: REFRESH_SECONDS * 1000, sealedAnswer: NO_ANSWER },
      ...{ presentedHash: hashSecret(refreshToken), familyHash: hashSecret(family), nextHash: hashSecret(newSecret()) },
    });
    return outcome.is === 'unknown' ? null : outcome.signIn;
  }

  /** The caller's sign-in; null: it is no more, and nothing but `everywhere` has anything to end. */
  async function signInOf(user: User, everywhere: boolean): Promise<Holder | null> {
    const { uid, sid } = user;
    const signIn = await store.find(uid, sid);
    if (signIn === null && (await apiKeys.find(uid, sid)) !== null) {
      throw new Refusal('FORBIDDEN', 'An API key does not sign out; revoke it instead.');
    }
    return everywhere ? user : signIn;
  }

  return async (caller: Caller, { refreshToken, everywhere }: SignOut): Promise<boolean> => {
    const held = refreshToken === undefined ? null : await holderOf(refreshToken);
    if (held === null && refreshToken !== undefined && caller.user === null) return false;
    const holder = held ?? (await signInOf(fullySignedIn(caller), everywhere));
    if (holder === null) return false;
    const { uid, sid, userId } = holder;
    if (everywhere) await end.all(uid, null);
    else await end.some(uid, [sid]);
    audit({ event: 'sign-out', client: caller.client, userId, sid, everywhere });
    return true;
  };
}
