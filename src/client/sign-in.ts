import { ANONYMOUS, type Credentials } from './credentials.ts';
import { createExecute } from './execute.ts';
import { type PairFragment, RenewDocument, SignInDocument } from './generated/graphql.ts';
import { RequestError } from './request-error.ts';

export interface SignInOption {
  readonly userId: string;
  readonly password: string;
}

const RENEW_BEFORE_MS = 30_000;

/** Signs in when a token is first needed, and renews it before it ends. @param url of the GraphQL endpoint */
export function withSignIn(url: string, { userId, password }: SignInOption): Credentials {
  const execute = createExecute({ url, ...ANONYMOUS });
  let pair: (PairFragment & { readonly renewAt: number }) | null = null;
  let asking: Promise<PairFragment> | null = null;

  async function renewed(): Promise<PairFragment | null> {
    const refreshToken = pair?.refreshToken ?? null;
    if (refreshToken === null) return null;
    try {
      return (await execute(RenewDocument, { refreshToken })).data.refreshToken;
    } catch (error) {
      if (error instanceof RequestError && error.code === 'UNAUTHENTICATED') return null;
      throw error;
    }
  }

  async function ask(): Promise<PairFragment> {
    const next = (await renewed()) ?? (await execute(SignInDocument, { userId, password })).data.issueToken;
    const livesMs = next.expiresIn * 1000;
    pair = { ...next, renewAt: Date.now() + livesMs - Math.min(RENEW_BEFORE_MS, livesMs / 2) };
    return pair;
  }

  return {
    async authorization() {
      if (pair !== null && Date.now() < pair.renewAt) return `Bearer ${pair.accessToken}`;
      // Once for all who wait: a refresh token is good for one use.
      asking ??= ask().finally(() => {
        asking = null;
      });
      return `Bearer ${(await asking).accessToken}`;
    },
    renew(refused) {
      // Operations that are refused together need one renewal.
      if (pair !== null && refused === `Bearer ${pair.accessToken}`) pair = { ...pair, renewAt: 0 };
      return true;
    },
  };
}
