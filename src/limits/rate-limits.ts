import type { Accounts } from '../auth/accounts.ts';
import type { Audit } from '../auth/audit.ts';
import { NEVER_TOO_MANY, type RefusedTokens } from '../auth/refused-tokens.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { Previews } from '../sessions/previews.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ViewLinks } from '../sessions/view-links.ts';
import type { LimitStore } from '../storage/limit-store.ts';
import { limitPreviews } from './limit-previews.ts';
import { limitRefusedTokens } from './limit-refused-tokens.ts';
import { limitAccounts, limitSignIns } from './limit-sign-ins.ts';
import { limitViewLinks } from './limit-view-links.ts';
import { limitWrites } from './limit-writes.ts';
import { createLimits } from './limits.ts';
import { createSignInLimits } from './sign-in-limits.ts';

/**
 * What counts: each gives the same service, limited. Every transport calls these services, once per field of an
 * operation, so that this is the one place where anything is counted.
 */
export interface RateLimits {
  readonly refusedTokens: RefusedTokens;
  writes(sessions: Sessions): Sessions;
  viewLinks(viewLinks: ViewLinks): ViewLinks;
  previews(previews: Previews): Previews;
  signIns(signIns: SignIns): SignIns;
  accounts(accounts: Accounts): Accounts;
}

export function createRateLimits(store: LimitStore, audit: Audit): RateLimits {
  const limits = createLimits(store, audit);
  const signInLimits = createSignInLimits(store, limits);
  return {
    refusedTokens: limitRefusedTokens(store, limits),
    writes: (sessions) => limitWrites(sessions, limits),
    viewLinks: (viewLinks) => limitViewLinks(viewLinks, limits),
    previews: (previews) => limitPreviews(previews, limits),
    signIns: (signIns) => limitSignIns(signIns, signInLimits),
    accounts: (accounts) => limitAccounts(accounts, signInLimits),
  };
}

/** For private networks. */
export const NO_RATE_LIMITS: RateLimits = {
  refusedTokens: NEVER_TOO_MANY,
  writes: (sessions) => sessions,
  viewLinks: (viewLinks) => viewLinks,
  previews: (previews) => previews,
  signIns: (signIns) => signIns,
  accounts: (accounts) => accounts,
};
