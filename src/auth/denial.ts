import type { DenialStore } from '../storage/denial-store.ts';
import type { Grant } from './tokens.ts';

/** What denies everything that rests on it. `sid` is of a sign-in or an API key. */
export type Subject = `sid:${string}` | `account:${string}.${number}`;

/** Denies for longer than any access token lives. Once it resolves, every server refuses them within a second. */
export type Deny = (subjects: readonly Subject[]) => Promise<void>;

/** The longest life of an access token, and how far the clocks of two servers may lie apart. */
const DENIED_FOR_MS = 86_400_000 + 60_000;

export function signInSubject(sid: string): Subject {
  return `sid:${sid}`;
}

/** All tokens of the account as it stands. */
export function accountSubject({ uid, generation }: Pick<Grant, 'uid' | 'generation'>): Subject {
  return `account:${uid}.${generation}`;
}

export function subjectsOf(grant: Grant): readonly Subject[] {
  return [signInSubject(grant.sid), accountSubject(grant)];
}

/** Writes to the store alone; a process that verifies tokens denies through its `Revocations`. */
export function createDeny(store: Pick<DenialStore, 'deny'>, clock: () => number = Date.now): Deny {
  return async (subjects) => {
    const until = clock() + DENIED_FOR_MS;
    if (subjects.length > 0) await store.deny(subjects.map((subject) => ({ subject, until })));
  };
}
