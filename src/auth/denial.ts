import type { DenialStore } from '../storage/denial-store.ts';
import { MAX_CLOCK_SKEW_MS, MAX_TTL_SECONDS } from './token-lifetime.ts';
import type { Grant } from './tokens.ts';

/** What denies everything that rests on it. `sid` is of a sign-in or an API key, `key` is the `kid` of a signing key. */
export type Subject = `sid:${string}` | `account:${string}.${number}` | `key:${string}`;

/** A grant, and the signing key by which it was proved if it was by one. */
export type Deniable = Grant & { readonly kid?: string };

/** Denies for longer than any access token lives. Once it resolves, every server refuses them within a second. */
export type Deny = (subjects: readonly Subject[]) => Promise<void>;

const DENIED_FOR_MS = MAX_TTL_SECONDS * 1000 + MAX_CLOCK_SKEW_MS;

export function signInSubject(sid: string): Subject {
  return `sid:${sid}`;
}

/** All tokens of the account as it stands. */
export function accountSubject({ uid, generation }: Pick<Grant, 'uid' | 'generation'>): Subject {
  return `account:${uid}.${generation}`;
}

/** All that a signing key has signed. */
export function keySubject(kid: string): Subject {
  return `key:${kid}`;
}

export function subjectsOf(grant: Deniable): readonly Subject[] {
  const subjects = [signInSubject(grant.sid), accountSubject(grant)];
  return grant.kid === undefined ? subjects : [...subjects, keySubject(grant.kid)];
}

/** Writes to the store alone; a process that verifies tokens denies through its `Revocations`. */
export function createDeny(store: Pick<DenialStore, 'deny'>, clock: () => number = Date.now): Deny {
  return async (subjects) => {
    const until = clock() + DENIED_FOR_MS;
    if (subjects.length > 0) await store.deny(subjects.map((subject) => ({ subject, until })));
  };
}
