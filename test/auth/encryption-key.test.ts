import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createEncryptionKey } from '../../src/auth/encryption-key.ts';

const bytes = randomBytes(32);
const key = createEncryptionKey(bytes);

test('what was sealed opens with the same key, for the same context alone', () => {
  const sealed = key.seal('secrét', 'kid 1');
  expect(createEncryptionKey(bytes).open(sealed, 'kid 1')).toBe('secrét');
  expect(() => key.open(sealed, 'kid 2')).toThrow();
  expect(() => createEncryptionKey(randomBytes(32)).open(sealed, 'kid 1')).toThrow();
});

test('what was changed or cut does not open', () => {
  const box = Buffer.from(key.seal('secret', 'kid'), 'base64url');
  for (const at of [0, 11, 12, 27, 28, box.length - 1]) {
    const changed = Buffer.from(box);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => key.open(changed.toString('base64url'), 'kid')).toThrow();
  }
  for (const end of [0, 12, 20, 28]) expect(() => key.open(box.toString('base64url', 0, end), 'kid')).toThrow();
});

test('the same secret is never sealed with the same nonce, and the id tells nothing of the key', () => {
  const nonces = Array.from({ length: 1000 }, () => key.seal('secret', 'kid').slice(0, 16));
  expect(new Set(nonces).size).toBe(1000);
  expect(key.id).toMatch(/^[\da-f]{12}$/);
  expect(bytes.toString('hex')).not.toContain(key.id);
  expect(createEncryptionKey(bytes).id).toBe(key.id);
});
