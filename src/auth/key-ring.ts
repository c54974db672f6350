import type { StoredKey } from './stored-keys.ts';
import { MAX_CLOCK_SKEW_MS, MAX_TTL_SECONDS } from './token-lifetime.ts';

/** Verifiers may keep the JWKS this long (`Cache-Control: max-age`). */
export const JWKS_MAX_AGE_SECONDS = 300;

/** From when a key is published until it signs: nobody has a JWKS without it then, though clocks lie apart. */
export const PUBLISHED_BEFORE_MS = JWKS_MAX_AGE_SECONDS * 1000 + MAX_CLOCK_SKEW_MS;

/** By the slowest clock one server begins to use the next key so much later than the fastest ends its use of the last. */
const HANDOVER_MS = 2 * MAX_CLOCK_SKEW_MS;

export type KeyState = 'published' | 'signing' | 'retired';

/** A key with what its place among the others says. Times in milliseconds since 1970. */
export interface PlacedKey {
  readonly key: StoredKey;
  readonly state: KeyState;
  /** When its last token has expired; null: no other key follows it yet. */
  readonly removedAt: number | null;
}

function endOf(keys: readonly StoredKey[], index: number): number {
  return keys[index + 1]?.signsFrom ?? Number.POSITIVE_INFINITY;
}

/** The newest whose time has come. @param keys at least one, oldest first */
export function signerAt(keys: readonly StoredKey[], now: number): StoredKey {
  // A clock that is wrong by more than was promised finds another one that still can.
  const able = keys.filter(({ privateHalf }) => privateHalf !== null);
  const signer = able.findLast(({ signsFrom }) => signsFrom <= now) ?? able[0] ?? keys[0];
  if (signer === undefined) throw new Error('there is no key');
  return signer;
}

/**
 * What has to be kept: a key's private half until it signs no more, its public half until its last token has expired.
 *
 * @returns `keys` itself if nothing is to go
 */
export function keptAt(keys: readonly StoredKey[], now: number): readonly StoredKey[] {
  const kept = keys.flatMap((key, index) => {
    const end = endOf(keys, index) + HANDOVER_MS;
    if (now >= end + MAX_TTL_SECONDS * 1000) return [];
    return now >= end && key.privateHalf !== null ? [{ ...key, privateHalf: null }] : [key];
  });
  return kept.length === keys.length && kept.every((key, index) => key === keys[index]) ? keys : kept;
}

export function placedAt(keys: readonly StoredKey[], now: number): readonly PlacedKey[] {
  const signer = signerAt(keys, now);
  return keys.map((key, index) => {
    const end = endOf(keys, index);
    const state = key === signer ? 'signing' : key.signsFrom > now ? 'published' : 'retired';
    return { key, state, removedAt: Number.isFinite(end) ? end + HANDOVER_MS + MAX_TTL_SECONDS * 1000 : null };
  });
}
