import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { KeyStore } from '../storage/key-store.ts';

/** A member of a JWK Set (RFC 7517) for RS256 (RFC 7518). */
export interface PublicJwk {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
  readonly alg: 'RS256';
  readonly use: 'sig';
  /** SHA-256 thumbprint (RFC 7638). */
  readonly kid: string;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly publicJwk: PublicJwk;
}

/**
 * The key, made once for all processes of a store and kept in memory. Rejects with Refusal UNAVAILABLE while the store is
 * out of reach, or holds something that is no key.
 */
export type LoadSigningKey = () => Promise<SigningKey>;

const MODULUS_BITS = 2048;

async function makeRecord(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: MODULUS_BITS, extractable: true });
  return JSON.stringify(await exportJWK(privateKey));
}

const DAMAGED =
  'The signing key in the store is damaged, so no token can be made or checked. The operator puts it back from a backup, ' +
  'or deletes it and restarts every server: then there is a new one, and everybody signs in again.';

async function importRecord(record: string): Promise<SigningKey> {
  const jwk = JSON.parse(record) as JWK & { n: string; e: string };
  const kid = await calculateJwkThumbprint(jwk);
  const publicJwk: PublicJwk = { kty: 'RSA', n: jwk.n, e: jwk.e, alg: 'RS256', use: 'sig', kid };
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'RS256'), importJWK({ ...publicJwk }, 'RS256')]);
  return { kid, publicJwk, privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
}

/** Only a signature that holds tells that both halves are there and belong together. */
async function readRecord(record: string): Promise<SigningKey> {
  try {
    const key = await importRecord(record);
    const signed = await new SignJWT().setProtectedHeader({ alg: 'RS256' }).sign(key.privateKey);
    await jwtVerify(signed, key.publicKey);
    return key;
  } catch (error) {
    // What the parser says quotes the record.
    throw new Refusal('UNAVAILABLE', DAMAGED, {}, error instanceof Error ? error.name : undefined);
  }
}

export function createSigningKey(store: KeyStore, log: Log): LoadSigningKey {
  let loading: Promise<SigningKey> | null = null;

  async function load(): Promise<SigningKey> {
    const stored = await store.read();
    if (stored !== null) {
      const key = await readRecord(stored);
      log.info({ kid: key.kid }, 'signing key loaded');
      return key;
    }
    const mine = await makeRecord();
    const kept = await store.offer(mine);
    const key = await readRecord(kept);
    log.info({ kid: key.kid }, kept === mine ? 'signing key made' : 'signing key loaded');
    return key;
  }

  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
