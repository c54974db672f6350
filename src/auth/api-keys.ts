import { Refusal } from '../errors.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../storage/api-key-store.ts';
import { ALL, PUSH, readScopes } from './api-key-scopes.ts';
import type { Audit } from './audit.ts';
import { type Caller, type Client, fullySignedIn } from './caller.ts';
import { signInSubject } from './denial.ts';
import { hashSecret, makeOpaqueToken, newOpaqueId, newSecret } from './opaque-token.ts';
import type { Revocations } from './revocations.ts';
import type { Proof } from './tokens.ts';

export type ApiKey = Omit<ApiKeyRecord, 'secretHash'>;

export interface ApiKeyWish {
  /** For people: 1 to 100 characters after trimming. */
  readonly name: string;
  /**
   * null or `["all"]`: all that is the owner's. Else up to 100 entries `push:<session id>`, 4096 bytes together: the
   * key may change the args of these sessions, which are public or the owner's, and nothing else.
   */
  readonly scopes: readonly string[] | null;
  /** Milliseconds since 1970, to come; null: never. */
  readonly expiresAt: number | null;
}

/** API keys, at most 100 of one account. Methods throw Refusal UNAVAILABLE. */
export interface ApiKeys {
  /**
   * @returns `secret`: the key itself, `rsvg_…`, which nobody can ever be shown again
   * @throws Refusal UNAUTHENTICATED, BAD_USER_INPUT; FORBIDDEN for an API key, whose children would outlive it;
   * RATE_LIMITED for one key too many
   */
  create(caller: Caller, wish: ApiKeyWish): Promise<{ readonly apiKey: ApiKey; readonly secret: string }>;
  /** The caller's, newest first. @throws Refusal UNAUTHENTICATED, FORBIDDEN */
  list(caller: Caller): Promise<readonly ApiKey[]>;
  /** Ends the key and every token that was exchanged for it. @throws Refusal NOT_FOUND, UNAUTHENTICATED, FORBIDDEN */
  revoke(caller: Caller, keyId: string): Promise<void>;
  /**
   * Whom the key speaks for. A key that was verified once is remembered for 10 minutes, but asked against the deny list
   * each time. @throws Refusal UNAUTHENTICATED
   */
  verify(presented: string, client: Client): Promise<Proof>;
}

/** How scopes are written: `["all"]` or entries `push:<session id>`. */
export function scopesOf({ pushOnly }: Pick<ApiKey, 'pushOnly'>): readonly string[] {
  return pushOnly === null ? [ALL] : pushOnly.map((id) => PUSH + id);
}

const MAX_KEYS = 100;
const MAX_NAME_LENGTH = 100;

export interface ApiKeysDeps {
  readonly store: ApiKeyStore;
  readonly verify: ApiKeys['verify'];
  readonly revocations: Pick<Revocations, 'deny' | 'assertRecent'>;
  readonly audit: Audit;
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= MAX_NAME_LENGTH) return name;
  throw new Refusal('BAD_USER_INPUT', `The name of an API key has 1 to ${MAX_NAME_LENGTH} characters.`);
}

function checkExpiry(expiresAt: number | null): void {
  if (expiresAt === null || expiresAt > Date.now()) return;
  throw new Refusal('BAD_USER_INPUT', 'An API key expires at a time to come, or never.');
}

function withoutHash({ secretHash: _, ...apiKey }: ApiKeyRecord): ApiKey {
  return apiKey;
}

export function createApiKeys({ store, verify, revocations, audit }: ApiKeysDeps): ApiKeys {
  return {
    verify,

    async create(caller, { name, scopes, expiresAt }) {
      const { uid, userId, sid } = fullySignedIn(caller);
      revocations.assertRecent();
      if ((await store.find(uid, sid)) !== null)
        throw new Refusal('FORBIDDEN', 'An API key makes no API keys; sign in.');
      checkExpiry(expiresAt);
      const keyId = newOpaqueId();
      const secret = makeOpaqueToken('API key', { uid, id: keyId, secrets: [newSecret()] });
      const key = {
        ...{ keyId, uid, userId, name: nameOf(name), expiresAt },
        ...{ secretHash: hashSecret(secret), pushOnly: readScopes(scopes, userId) },
      };
      if (!(await store.add(key, MAX_KEYS))) {
        throw new Refusal(
          'RATE_LIMITED',
          `An account has at most ${MAX_KEYS} API keys; revoke one that is not needed.`,
          { limit: 'apiKeys', max: MAX_KEYS, retryAfterSeconds: 60 },
        );
      }
      audit({ event: 'key.created', client: caller.client, userId, keyId });
      const record = await store.find(uid, keyId);
      if (record === null) throw new Refusal('UNAUTHENTICATED', 'The account was deleted meanwhile.');
      return { apiKey: withoutHash(record), secret };
    },

    async list(caller) {
      const records = await store.list(fullySignedIn(caller).uid);
      return records.map(withoutHash);
    },

    async revoke(caller, keyId) {
      const { uid, userId } = fullySignedIn(caller);
      if ((await store.find(uid, keyId)) === null) throw new Refusal('NOT_FOUND', 'You have no API key of this id.');
      // Denied first: a process that is killed between the two steps leaves a key that can be revoked again.
      await revocations.deny([signInSubject(keyId)]);
      await store.remove(uid, keyId);
      audit({ event: 'key.revoked', client: caller.client, userId, keyId });
    },
  };
}
