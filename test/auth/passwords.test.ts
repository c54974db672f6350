import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkNewPassword, checkPassword } from '../../src/auth/password-rules.ts';
import { createPasswords } from '../../src/auth/passwords.ts';

const passwords = createPasswords();

test('a password is verified against its own hash, and nothing against that of nobody', async () => {
  const hashed = await passwords.hash('correct horse');
  expect(await passwords.verify(hashed, 'correct horse')).toBe(true);
  expect(await passwords.verify(hashed, 'correct horsE')).toBe(false);
  expect(await passwords.verify(null, 'correct horse')).toBe(false);
});

test('to verify a password of nobody costs what a real one does: the same algorithm, memory, passes and lengths', async () => {
  const source = readFileSync(new URL('../../src/auth/passwords.ts', import.meta.url), 'utf8');
  const [, nobodys = ''] = /'(\$argon2[^']+)'/.exec(source) ?? [];
  const cost = (phc: string) => phc.split('$').map((part, n) => (n < 4 ? part : part.length));
  expect(cost(nobodys)).toEqual(cost(await passwords.hash('any')));
});

test('new passwords have 8 to 1024 characters, of whatever script', () => {
  for (const good of ['12345678', '😀'.repeat(8), '😀'.repeat(1024), ' '.repeat(8)]) {
    expect(() => checkNewPassword(good)).not.toThrow();
  }
  for (const bad of ['', '1234567', '😀'.repeat(7), 'x'.repeat(1025), '😀'.repeat(1025)]) {
    expect(() => checkNewPassword(bad)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  }
  expect(() => checkPassword('x')).not.toThrow();
  expect(() => checkPassword('x'.repeat(1025))).toThrow('at most 1024');
});

test('half a surrogate pair is in no password: as UTF-8 all halves are the same, and another password would fit', () => {
  for (const bad of ['\ud800'.repeat(8), 'correct horse\udc00']) {
    expect(() => checkPassword(bad)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  }
});
