import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';
import { Refusal } from '../errors.ts';

const privateHalf = z.object({
  /** A private JWK as JSON; encrypted, if `encryptedBy` says by which key. */
  text: z.string(),
  encryptedBy: z.string().nullable(),
});

const storedKey = z.object({
  /** SHA-256 thumbprint (RFC 7638) of the public half, which is `n` and `e`. */
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  /** Milliseconds since 1970, by the clock of who made it: in the JWKS since then. */
  publishedAt: z.number(),
  /** Until the next key's. */
  signsFrom: z.number(),
  /** null: it signs no more. */
  privateHalf: privateHalf.nullable(),
});

const record = z.object({ keys: z.array(storedKey).min(1) });

/** Before keys were rotated the record was a private JWK. */
const loneJwk = z.looseObject({ kty: z.literal('RSA'), n: z.string(), e: z.string(), d: z.string() });

export type PrivateHalf = z.infer<typeof privateHalf>;

/** A signing key as the store keeps it. */
export type StoredKey = Readonly<z.infer<typeof storedKey>>;

const DAMAGED =
  'The signing keys in the store are damaged, so no token can be made or checked. The operator puts them back from a ' +
  'backup, or runs "realtime-svg keys rotate --now": then there is a new one, and every access token has to be renewed.';

export function damaged(error: unknown): Refusal {
  // What a parser says quotes the record.
  return new Refusal('UNAVAILABLE', DAMAGED, {}, error instanceof Error ? error.name : undefined);
}

export function thumbprintOf({ n, e }: Pick<StoredKey, 'n' | 'e'>): Promise<string> {
  return calculateJwkThumbprint({ kty: 'RSA', n, e });
}

/** @returns oldest first, at least one. @throws Refusal UNAVAILABLE for a text that is no such record */
export async function readStoredKeys(text: string): Promise<readonly StoredKey[]> {
  try {
    const value: unknown = JSON.parse(text);
    const lone = loneJwk.safeParse(value).data;
    if (lone === undefined) return record.parse(value).keys;
    const { n, e } = lone;
    const always = { publishedAt: 0, signsFrom: 0 };
    return [{ kid: await thumbprintOf(lone), n, e, ...always, privateHalf: { text, encryptedBy: null } }];
  } catch (error) {
    throw damaged(error);
  }
}

export function writeStoredKeys(keys: readonly StoredKey[]): string {
  return JSON.stringify({ keys });
}
