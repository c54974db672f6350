import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AccountStore } from '../storage/account-store.ts';
import type { ApiKeyRecord, ApiKeyStore } from '../storage/api-key-store.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Audit } from './audit.ts';
import type { Client } from './caller.ts';
import { hashSecret, readOpaqueToken } from './opaque-token.ts';
import type { RefusedTokens } from './refused-tokens.ts';
import type { Revocations } from './revocations.ts';
import type { Proof } from './tokens.ts';

export interface VerifyApiKeyDeps {
  readonly store: Pick<ApiKeyStore, 'find' | 'used'>;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly revocations: Pick<Revocations, 'check'>;
  readonly refusedTokens: RefusedTokens;
  readonly audit: Audit;
  readonly log: Log;
}

const REMEMBERED_KEYS = 10_000;
const REMEMBERED_FOR_MS = 10 * 60_000;
const NOTE_USE_EVERY_MS = 60_000;

/** What a key that does not exist is compared with, so that it costs what a wrong one does. */
const NOBODYS_HASH = hashSecret('');

function isOver(expiresAt: number | null): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

function fits(presentedHash: string, record: ApiKeyRecord | null): record is ApiKeyRecord {
  const equal = timingSafeEqual(Buffer.from(presentedHash), Buffer.from(record?.secretHash ?? NOBODYS_HASH));
  return equal && record !== null;
}

/** See `ApiKeys.verify`. */
export function createVerifyApiKey(deps: VerifyApiKeyDeps): ApiKeys['verify'] {
  const { store, accounts, revocations, refusedTokens, audit, log } = deps;
  const remembered = new LRUCache<string, Proof>({ max: REMEMBERED_KEYS, ttl: REMEMBERED_FOR_MS });
  const noted = new LRUCache<string, true>({ max: REMEMBERED_KEYS, ttl: NOTE_USE_EVERY_MS });

  function refuse(reason: string, client: Client, known: { readonly userId?: string; readonly keyId?: string } = {}) {
    refusedTokens.count(client);
    audit({ event: 'token.refused', reason, client, ...known });
    return new Refusal('UNAUTHENTICATED', 'The API key is not valid; it was mistyped, has expired, or was revoked.');
  }

  function noteUse({ uid, sid }: Proof): void {
    if (noted.has(sid)) return;
    noted.set(sid, true);
    store.used(uid, sid).catch((error: unknown) => log.debug({ error: String(error) }, 'the use was not noted'));
  }

  async function lookUp(presented: string, hash: string, client: Client): Promise<Proof> {
    const parts = readOpaqueToken('API key', presented);
    if (parts === null) throw refuse('form', client);
    refusedTokens.check(client);
    const record = await store.find(parts.uid, parts.id);
    if (!fits(hash, record)) throw refuse(record === null ? 'unknown-key' : 'wrong-key', client);
    const { userId, keyId, uid, pushOnly, expiresAt } = record;
    if (isOver(expiresAt)) throw refuse('expired', client, { userId, keyId });
    const account = await accounts.find(userId);
    if (account === null || account.uid !== uid) throw refuse('no-account', client, { userId, keyId });
    if (account.disabled) throw refuse('disabled', client, { userId, keyId });
    const { role, generation } = account;
    return { userId, uid, role, sid: keyId, pushOnly, generation, expiresAt };
  }

  return async (presented, client) => {
    const hash = hashSecret(presented);
    const known = remembered.get(hash);
    if (known !== undefined && !isOver(known.expiresAt) && !(await revocations.check(known))) {
      noteUse(known);
      return known;
    }
    remembered.delete(hash);
    const proof = await lookUp(presented, hash, client);
    if (await revocations.check(proof)) throw refuse('revoked', client, { userId: proof.userId, keyId: proof.sid });
    remembered.set(hash, proof);
    noteUse(proof);
    return proof;
  };
}
