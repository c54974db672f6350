import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { type KeyEncryption, openPrivateHalf, sealPrivateHalf } from './key-encryption.ts';
import { damaged, type StoredKey, thumbprintOf } from './stored-keys.ts';

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

const MODULUS_BITS = 2048;

export type KeyTimes = Pick<StoredKey, 'publishedAt' | 'signsFrom'>;

export async function makeSigningKey(times: KeyTimes, encryption: KeyEncryption): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength: MODULUS_BITS, extractable: true });
  const jwk = (await exportJWK(privateKey)) as JWK & { n: string; e: string };
  const kid = await thumbprintOf(jwk);
  const privateHalf = sealPrivateHalf(kid, JSON.stringify(jwk), encryption);
  return { kid, n: jwk.n, e: jwk.e, ...times, privateHalf };
}

export function publicJwkOf({ kid, n, e }: StoredKey): PublicJwk {
  return { kty: 'RSA', n, e, alg: 'RS256', use: 'sig', kid };
}

/** @throws Refusal UNAVAILABLE for what is no key, or the key of another id */
export async function importPublicHalf(key: StoredKey): Promise<CryptoKey> {
  try {
    if ((await thumbprintOf(key)) !== key.kid) throw new Error('another kid');
    return (await importJWK({ ...publicJwkOf(key) }, 'RS256')) as CryptoKey;
  } catch (error) {
    throw damaged(error);
  }
}

/** @throws Refusal UNAVAILABLE: the message says whether the record is damaged, or encrypted by another key */
export async function importPrivateHalf(
  { kid, privateHalf }: StoredKey,
  publicKey: CryptoKey,
  encryption: KeyEncryption,
): Promise<CryptoKey> {
  const jwk = privateHalf === null ? '' : openPrivateHalf(kid, privateHalf, encryption);
  try {
    const privateKey = (await importJWK(JSON.parse(jwk) as JWK, 'RS256')) as CryptoKey;
    // Only a signature that holds tells that both halves are there and belong together.
    const signed = await new SignJWT().setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    await jwtVerify(signed, publicKey);
    return privateKey;
  } catch (error) {
    throw damaged(error);
  }
}
