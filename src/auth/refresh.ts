import { Refusal } from '../errors.ts';
import type { Account, AccountStore } from '../storage/account-store.ts';
import type { SignInRecord, SignInStore } from '../storage/sign-in-store.ts';
import type { Audit } from './audit.ts';
import { REFRESH_SECONDS } from './begin-sign-in.ts';
import type { Client } from './caller.ts';
import type { EndSignIns } from './end-sign-ins.ts';
import { hashSecret } from './opaque-token.ts';
import { makeRefreshToken, readRefreshToken } from './refresh-token.ts';
import type { RefusedTokens } from './refused-tokens.ts';
import type { Revocations } from './revocations.ts';
import { NO_ANSWER, openAnswer, sealAnswer } from './sealed-answer.ts';
import type { SignedIn } from './sign-ins.ts';
import type { Grant, Tokens } from './tokens.ts';

const ACCESS_SECONDS = 900;

/** Two tabs, or a client whose answer was lost, come again with a token that is used up. */
export const GRACE_MS = 10_000;

export interface RefreshDeps {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly store: Pick<SignInStore, 'find' | 'rotate'>;
  readonly tokens: Tokens;
  readonly revocations: Pick<Revocations, 'check'>;
  readonly refusedTokens: RefusedTokens;
  readonly end: EndSignIns;
  readonly audit: Audit;
}

function grantOf({ userId, uid, role, generation }: Account, { sid }: SignInRecord): Grant {
  return { userId, uid, role, generation, sid, pushOnly: null };
}

/** See `SignIns.refresh`. */
export function createRefresh(deps: RefreshDeps) {
  const { accounts, store, tokens, revocations, refusedTokens, end, audit } = deps;

  function refuse(reason: string, client: Client, userId?: string): Refusal {
    refusedTokens.count(client);
    audit({ event: 'token.refused', reason, client, ...(userId === undefined ? {} : { userId }) });
    return new Refusal('UNAUTHENTICATED', 'The refresh token is not valid any more; sign in again.');
  }

  /** Whom the sign-in speaks for now. One that speaks for nobody any more is removed. */
  async function standing(signIn: SignInRecord, client: Client): Promise<Grant> {
    const { uid, sid, userId } = signIn;
    const account = await accounts.find(userId);
    const grant = account?.uid === uid && !account.disabled ? grantOf(account, signIn) : null;
    if (grant !== null && !(await revocations.check(grant))) return grant;
    await end.some(uid, [sid]);
    throw refuse(grant === null ? 'no-account' : 'revoked', client, userId);
  }

  async function answerWith(grant: Grant, refreshToken: string): Promise<SignedIn> {
    const { userId, role } = grant;
    const access = await tokens.issue(grant, ACCESS_SECONDS);
    return { ...access, userId, role, created: false, refreshToken, refreshExpiresInSeconds: REFRESH_SECONDS };
  }

  return async (refreshToken: string, client: Client): Promise<SignedIn> => {
    const presented = readRefreshToken(refreshToken);
    if (presented === null) throw refuse('form', client);
    const { uid, sid } = presented;
    refusedTokens.check(client);
    const signIn = await store.find(uid, sid);
    if (signIn === null) throw refuse('unknown', client);
    const { userId } = signIn;
    const next = makeRefreshToken(presented);
    const answer = await answerWith(await standing(signIn, client), next.token);
    const outcome = await store.rotate({
      ...{ uid, sid, graceMs: GRACE_MS, ttlMs: REFRESH_SECONDS * 1000 },
      ...{ presentedHash: hashSecret(refreshToken), familyHash: next.familyHash, nextHash: next.tokenHash },
      // The answer is stored in the step that uses the token up: whoever asks again is answered the same, on any server.
      sealedAnswer: sealAnswer(refreshToken, JSON.stringify(answer)),
    });
    switch (outcome.is) {
      case 'rotated':
        audit({ event: 'token.rotated', client, userId, sid });
        return answer;
      case 'repeated':
        if (outcome.sealedAnswer === NO_ANSWER) throw refuse('revoked', client, userId);
        return JSON.parse(openAnswer(refreshToken, outcome.sealedAnswer)) as SignedIn;
      case 'reused':
        await end.some(uid, [sid]);
        audit({ event: 'token.reused', client, userId, sid });
        throw refuse('reused', client, userId);
      case 'unknown':
        throw refuse('unknown', client, userId);
    }
  };
}
