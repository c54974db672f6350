import type { NewApiKey } from '../../src/storage/api-key-store.ts';
import type { NewSignIn, Rotation } from '../../src/storage/sign-in-store.ts';

export const HOUR_MS = 3_600_000;

/** A sign-in whose refresh token hashes to `t1`. */
export function newSignIn(sid: string, change: Partial<NewSignIn> = {}): NewSignIn {
  const record = { sid, uid: 'u1', userId: 'alice', agent: 'curl/8', tokenHash: 't1', familyHash: 'f', ttlMs: HOUR_MS };
  return { ...record, ...change };
}

/** The exchange of one refresh token for the next. */
export function rotation(
  sid: string,
  presentedHash: string,
  nextHash: string,
  change: Partial<Rotation> = {},
): Rotation {
  const record = { uid: 'u1', familyHash: 'f', sealedAnswer: `sealed ${nextHash}`, graceMs: 10_000, ttlMs: HOUR_MS };
  return { sid, presentedHash, nextHash, ...record, ...change };
}

export function newApiKey(keyId: string, change: Partial<NewApiKey> = {}): NewApiKey {
  const record = { keyId, uid: 'u1', userId: 'alice', name: `key ${keyId}`, secretHash: `hash of ${keyId}` };
  return { ...record, pushOnly: null, expiresAt: null, ...change };
}
