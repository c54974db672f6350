import { Refusal } from '../errors.ts';
import type { AccountStore, Role } from '../storage/account-store.ts';
import type { ApiKeyStore } from '../storage/api-key-store.ts';
import type { SignInRecord, SignInStore } from '../storage/sign-in-store.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Audit } from './audit.ts';
import { createBeginSignIn } from './begin-sign-in.ts';
import { type Caller, type Client, fullySignedIn } from './caller.ts';
import { createEndSignIns } from './end-sign-ins.ts';
import { type Claiming, createEntrance, type SignUp } from './entrance.ts';
import type { Passwords } from './passwords.ts';
import { createRefresh } from './refresh.ts';
import type { RefusedTokens } from './refused-tokens.ts';
import type { Revocations } from './revocations.ts';
import { createSignOut } from './sign-out.ts';
import { MAX_TTL_SECONDS } from './token-lifetime.ts';
import type { AccessToken, Tokens } from './tokens.ts';

export interface Credentials {
  readonly userId: string;
  /** 1 to 1024 characters. */
  readonly password: string;
}

export interface SignedIn extends AccessToken {
  readonly userId: string;
  readonly role: Role;
  /** This sign-in claimed the user id. */
  readonly created: boolean;
  /** Opaque, `rsvr_…`, good for one use; null: this sign-in has none. */
  readonly refreshToken: string | null;
  /** From now until the refresh token expires: 7 days, which each use begins again. */
  readonly refreshExpiresInSeconds: number | null;
}

export interface Issue extends Credentials {
  /** Of the access token, 60 to 86,400. */
  readonly ttlSeconds: number;
}

export interface HowToIssue {
  /**
   * Whether a user id that is free is claimed by this sign-in, while sign-up is open: never, with any password, or with
   * one of 8 characters or more.
   */
  readonly claims: Claiming;
  /** Whether it yields a refresh token. */
  readonly refresh: boolean;
}

/** What a client ends with its sign-out. */
export interface SignOut {
  /** Ends the sign-in that it belongs to; no access token is needed then. */
  readonly refreshToken?: string;
  /** All sign-ins of the user. API keys stay: they are revoked one by one. */
  readonly everywhere: boolean;
}

export interface ListedSignIn extends SignInRecord {
  /** It is the one that asks. */
  readonly current: boolean;
}

/** Everything between a password, a refresh token or an API key and an access token. Methods throw Refusal UNAVAILABLE. */
export interface SignIns {
  /**
   * Checks the password, or claims the user id with it.
   *
   * @throws Refusal UNAUTHENTICATED for a wrong password, BAD_USER_INPUT for a `ttlSeconds`, a user id or a password
   * that could be nobody's
   */
  issue(issue: Issue, client: Client, how: HowToIssue): Promise<SignedIn>;
  /** Claims a free user id. @throws Refusal CONFLICT when it is taken or reserved, FORBIDDEN when sign-up is closed, BAD_USER_INPUT */
  register(credentials: Credentials, client: Client): Promise<SignedIn>;
  /**
   * The next pair of tokens for this refresh token, which is used up by it. A second use within 10 seconds is answered
   * the same pair; a later one is a theft or looks like one, and ends the sign-in. @throws Refusal UNAUTHENTICATED
   */
  refresh(refreshToken: string, client: Client): Promise<SignedIn>;
  /** An access token for 3600 seconds, or until the key expires; no refresh token. @throws Refusal UNAUTHENTICATED */
  exchange(apiKey: string, client: Client): Promise<SignedIn>;
  /**
   * @returns whether anything was ended: a refresh token that is no more is not refused (RFC 7009, section 2.2)
   * @throws Refusal UNAUTHENTICATED without any token, FORBIDDEN for one that is or was exchanged for an API key
   */
  signOut(caller: Caller, what: SignOut): Promise<boolean>;
  /** Ends one of the caller's, perhaps on a device that is lost. @throws Refusal UNAUTHENTICATED, FORBIDDEN, NOT_FOUND */
  end(caller: Caller, sid: string): Promise<void>;
  /** The caller's, last used first. @throws Refusal UNAUTHENTICATED, FORBIDDEN */
  list(caller: Caller): Promise<readonly ListedSignIn[]>;
}

const MIN_TTL_SECONDS = 60;
const REGISTERED_SECONDS = 900;
const EXCHANGED_SECONDS = 3600;

export interface SignInsDeps {
  readonly accounts: AccountStore;
  readonly store: SignInStore;
  readonly apiKeyStore: ApiKeyStore;
  readonly apiKeys: Pick<ApiKeys, 'verify'>;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly revocations: Pick<Revocations, 'check' | 'deny'>;
  readonly refusedTokens: RefusedTokens;
  readonly signUp: SignUp;
  readonly audit: Audit;
}

export function createSignIns(deps: SignInsDeps): SignIns {
  const { store, apiKeys, tokens, audit } = deps;
  const end = createEndSignIns(store, deps.revocations.deny);
  const entrance = createEntrance(deps);
  const begin = createBeginSignIn({ ...deps, end });

  return {
    async issue({ ttlSeconds, ...credentials }, client, { claims, refresh }) {
      if (!(Number.isInteger(ttlSeconds) && ttlSeconds >= MIN_TTL_SECONDS && ttlSeconds <= MAX_TTL_SECONDS)) {
        throw new Refusal('BAD_USER_INPUT', `A token lives ${MIN_TTL_SECONDS} to ${MAX_TTL_SECONDS} seconds.`);
      }
      return begin(await entrance.enter(credentials, client, claims), client, { ttlSeconds, refresh });
    },

    async register(credentials, client) {
      const entered = await entrance.register(credentials, client);
      return begin(entered, client, { ttlSeconds: REGISTERED_SECONDS, refresh: true });
    },

    refresh: createRefresh({ ...deps, end }),

    async exchange(apiKey, client) {
      const proof = await apiKeys.verify(apiKey, client);
      const { userId, role, sid, expiresAt } = proof;
      const left = expiresAt === null ? EXCHANGED_SECONDS : Math.ceil((expiresAt - Date.now()) / 1000);
      const access = await tokens.issue(proof, Math.min(EXCHANGED_SECONDS, left));
      audit({ event: 'token.issued', client, userId, sid, ttlSeconds: access.expiresInSeconds });
      return { ...access, userId, role, created: false, refreshToken: null, refreshExpiresInSeconds: null };
    },

    signOut: createSignOut({ ...deps, apiKeys: deps.apiKeyStore, end }),

    async end(caller, sid) {
      const { uid, userId } = fullySignedIn(caller);
      if ((await store.find(uid, sid)) === null) {
        throw new Refusal('NOT_FOUND', 'You have no such sign-in; perhaps it has ended already.');
      }
      await end.some(uid, [sid]);
      audit({ event: 'sign-out', client: caller.client, userId, sid, everywhere: false });
    },

    async list(caller) {
      const { uid, sid: mine } = fullySignedIn(caller);
      const records = await store.list(uid);
      return records.map((record) => ({ ...record, current: record.sid === mine }));
    },
  };
}
