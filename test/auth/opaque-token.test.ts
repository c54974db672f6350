import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashSecret, makeOpaqueToken, newOpaqueId, newSecret, readOpaqueToken } from '../../src/auth/opaque-token.ts';

const parts = { uid: newOpaqueId(), id: newOpaqueId(), secrets: [newSecret()] };

test('a token tells its kind, its account and its id, and nothing of its secret is kept', () => {
  const key = makeOpaqueToken('API key', parts);
  expect(key).toMatch(/^rsvg_[a-z0-9]{71}$/);
  expect(readOpaqueToken('API key', key)).toEqual(parts);
  expect(readOpaqueToken('refresh token', key)).toBeNull();
  const two = { ...parts, secrets: [newSecret(), newSecret()] };
  const refreshToken = makeOpaqueToken('refresh token', two);
  expect(refreshToken).toMatch(/^rsvr_[a-z0-9]{103}$/);
  expect(readOpaqueToken('refresh token', refreshToken)).toEqual(two);
  expect(hashSecret(key)).toMatch(/^[\w-]{43}$/);
});

test('a token with any one character changed, lost or added was never ours', () => {
  const key = makeOpaqueToken('API key', parts);
  const place = fc.nat(key.length - 1);
  const character = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789A_-.\u0000é');
  fc.assert(
    fc.property(place, character, fc.nat(1), (at, other, replaced) => {
      const changed = key.slice(0, at) + other + key.slice(at + replaced);
      expect(readOpaqueToken('API key', changed)).toEqual(changed === key ? parts : null);
    }),
  );
  for (const wrong of ['', 'rsvg_', key.slice(1), key.slice(0, -1), ` ${key}`, `${key}\n`, key.toUpperCase()]) {
    expect(readOpaqueToken('API key', wrong)).toBeNull();
  }
});
