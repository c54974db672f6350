import { Refusal } from '../errors.ts';
import type { Role } from '../storage/account-store.ts';

/** A user who has proved who it is. */
export interface User {
  readonly userId: string;
  /** Of the account: whoever claims the same id later has another. */
  readonly uid: string;
  readonly role: Role;
  /** The sign-in that the proof rests on, or the id of the API key. */
  readonly sid: string;
  /** null: all that is the user's; else ids of sessions whose args may be changed, and nothing else. */
  readonly pushOnly: readonly string[] | null;
}

/** Where a request comes from. */
export interface Client {
  /** IP address, behind trusted proxies the one that they report. */
  readonly address: string;
  /** What it says it is; null: nothing. */
  readonly agent: string | null;
}

/** Who asks, and from where. `user` is null for anybody. */
export interface Caller {
  readonly user: User | null;
  readonly client: Client;
}

/** @throws Refusal UNAUTHENTICATED when nobody is signed in */
export function signedIn({ user }: Caller): User {
  if (user === null) {
    throw new Refusal('UNAUTHENTICATED', 'Sign in first: send "Authorization: Bearer <access token>".');
  }
  return user;
}

/** As `signedIn`, for what a push-only API key may not do. @throws Refusal FORBIDDEN for such a key */
export function fullySignedIn(caller: Caller): User {
  const user = signedIn(caller);
  if (user.pushOnly === null) return user;
  throw new Refusal('FORBIDDEN', 'This API key may only change the args of the sessions it was made for.');
}
