import type { Allowance } from '../storage/limit-store.ts';

export interface Policy extends Allowance {
  /** What is counted, in words that complete "at most 10 …". */
  readonly counts: string;
  /**
   * How many points a process takes at once; 1: each is asked of the store, so the limit is exact. What a process has
   * taken and does not use is lost until the window ends, so a client whose writes come in through several of them may
   * be refused that many points early for each.
   */
  readonly lease: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Every rate limit; docs/operations.md has the same table. */
export const POLICIES = {
  signInsPerAddress: { points: 10, windowMs: MINUTE, lease: 1, counts: 'sign-ins from one address' },
  signInsPerUser: { points: 10, windowMs: MINUTE, lease: 1, counts: 'sign-ins of one user from new addresses' },
  signInsPerUserAndAddress: {
    ...{ points: 10, windowMs: MINUTE, lease: 1 },
    counts: 'sign-ins of one user from an address it has signed in from',
  },
  refusedTokensPerAddress: {
    ...{ points: 60, windowMs: MINUTE, lease: 1 },
    counts: 'refresh tokens and API keys that are not valid, from one address',
  },
  anonymousSessionsPerAddress: {
    ...{ points: 60, windowMs: MINUTE, lease: 1 },
    counts: 'sessions made without a token, from one address',
  },
  anonymousWritesPerAddress: {
    ...{ points: 10_000, windowMs: 10 * SECOND, lease: 100 },
    counts: 'writes without a token, from one address',
  },
  anonymousPreviewsPerAddress: {
    ...{ points: 60, windowMs: 10 * SECOND, lease: 1 },
    counts: 'previews without a token, from one address',
  },
  previewsPerUser: { points: 120, windowMs: 10 * SECOND, lease: 1, counts: 'previews of one user' },
  writesPerUser: { points: 10_000, windowMs: 10 * SECOND, lease: 100, counts: 'writes of one user' },
  writesPerSession: { points: 3000, windowMs: 10 * SECOND, lease: 30, counts: 'writes to one session' },
} as const satisfies Readonly<Record<string, Policy>>;

export type PolicyName = keyof typeof POLICIES;

/** What must be waited after so many failures one after another, of one user from one address. */
export const SIGN_IN_DELAY = {
  /** The first that must be waited after. */
  fromFailure: 5,
  firstMs: SECOND,
  /** It doubles with each further failure up to this. */
  mostMs: 15 * MINUTE,
  /** From the first failure; then, or with a success, counting begins anew. */
  forgottenAfterMs: 60 * MINUTE,
} as const;

/** How long an address is known as one that a user has signed in from. */
export const FAMILIAR_MS = 20 * 24 * 60 * MINUTE;
