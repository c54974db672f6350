import type { Client } from './caller.ts';

/** What keeps those who try refresh tokens and API keys at random from the store. Asks no store before an answer. */
export interface RefusedTokens {
  /** @throws Refusal RATE_LIMITED when too many of this address were refused */
  check(client: Client): void;
  /** One was. */
  count(client: Client): void;
}

/** For servers without rate limits. */
export const NEVER_TOO_MANY: RefusedTokens = { check() {}, count() {} };
