import { exportJWK, generateKeyPair } from 'jose';
import { expect, test } from 'vitest';
import { createSigningKey } from '../../src/auth/signing-key.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { silentLog } from '../harness/silent-log.ts';

async function rsa(modulusLength = 2048) {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength, extractable: true });
  return exportJWK(privateKey);
}

async function loadFrom(record: string) {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  await storage.keys.offer(record);
  try {
    return await createSigningKey(storage.keys, silentLog)();
  } finally {
    await storage.close();
  }
}

test('a signing key is read as it was stored', async () => {
  const stored = await rsa();
  expect((await loadFrom(JSON.stringify(stored))).publicJwk).toMatchObject({ kty: 'RSA', n: stored.n });
});

test.each<[string, () => Promise<string>]>([
  ['nothing at all', async () => ''],
  ['one that was cut off', async () => JSON.stringify(await rsa()).slice(0, 200)],
  ['null', async () => 'null'],
  ['an object without a key', async () => '{}'],
  ['the public half alone', async () => JSON.stringify({ kty: 'RSA', n: (await rsa()).n, e: 'AQAB' })],
  ['halves of two keys', async () => JSON.stringify({ ...(await rsa()), n: (await rsa()).n })],
  [
    'a key of another kind',
    async () => JSON.stringify(await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
  ],
])('a damaged signing key says how it is mended, and nothing of itself: %s', async (_what, make) => {
  const record = await make();
  const refusal = await loadFrom(record).catch((error: Error) => error);
  expect(refusal).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('backup') });
  const told = `${(refusal as Error).message} ${(refusal as Error).cause}`;
  expect(record === '' ? '' : told).not.toContain(record.slice(0, 8) || 'nothing');
});
