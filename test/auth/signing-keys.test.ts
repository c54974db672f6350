import { exportJWK, generateKeyPair } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { createKeyOperator } from '../../src/auth/key-operator.ts';
import { JWKS_MAX_AGE_SECONDS } from '../../src/auth/key-ring.ts';
import { createSigningKeys } from '../../src/auth/signing-keys.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { silentLog } from '../harness/silent-log.ts';
import { counted } from './counted.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

async function setup() {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => storage.close());
  const calls: string[] = [];
  const store = counted('keys', storage.keys, calls);
  /** Milliseconds since 1970, and since any beginning. */
  const time = { now: 1_800_000_000_000, elapsed: 5000 };
  const clock = () => time.now;
  const elapsed = () => time.elapsed;
  const denied: string[] = [];
  const encryption = { current: null, previous: null };
  const deny = async (subjects: readonly string[]) => void denied.push(...subjects);
  const operator = createKeyOperator({ store: storage.keys, deny, encryption, clock });
  function server(skewMs = 0) {
    const isDenied = (kid: string) => denied.includes(`key:${kid}`);
    const keys = createSigningKeys({ store, isDenied, log: silentLog, clock: () => time.now + skewMs, elapsed });
    onTestFinished(keys.close);
    return keys;
  }
  function later(ms: number) {
    time.now += ms;
    time.elapsed += ms;
  }
  return { store, calls, operator, server, later, denied, record: async () => JSON.parse((await store.read()) ?? '') };
}

const kidsOf = async (keys: ReturnType<typeof createSigningKeys>) => (await keys.published()).map(({ kid }) => kid);

async function rsa(modulusLength = 2048) {
  const { privateKey } = await generateKeyPair('RS256', { modulusLength, extractable: true });
  return exportJWK(privateKey);
}

test('a key that was stored before keys were rotated is used as it is, and stays when another one comes', async () => {
  const { store, server, operator } = await setup();
  const stored = await rsa();
  await store.offer(JSON.stringify(stored));
  const keys = server();
  await keys.maintain();
  expect(await store.read()).toBe(JSON.stringify(stored));
  expect(await keys.published()).toMatchObject([{ kty: 'RSA', n: stored.n, kid: (await keys.signer()).kid }]);
  const { kid } = await operator.rotate();
  expect(await keys.published()).toMatchObject([{ n: stored.n }, { kid }]);
  expect((await keys.signer()).kid).not.toBe(kid);
});

test.each<[string, () => Promise<string>]>([
  ['nothing at all', async () => ''],
  ['one that was cut off', async () => JSON.stringify(await rsa()).slice(0, 200)],
  ['null', async () => 'null'],
  ['an object without a key', async () => '{}'],
  ['no keys', async () => '{"keys":[]}'],
  ['the public half alone', async () => JSON.stringify({ kty: 'RSA', n: (await rsa()).n, e: 'AQAB' })],
  ['halves of two keys', async () => JSON.stringify({ ...(await rsa()), n: (await rsa()).n })],
  [
    'a key of another kind',
    async () => JSON.stringify(await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)),
  ],
])('damaged keys say how they are mended, and nothing of themselves: %s', async (_what, make) => {
  const { store, server, operator } = await setup();
  const record = await make();
  await store.offer(record);
  const refusal = await server()
    .signer()
    .catch((error: Error) => error);
  expect(refusal).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('backup') });
  const told = `${(refusal as Error).message} ${(refusal as Error).cause}`;
  expect(record === '' ? '' : told).not.toContain(record.slice(0, 8) || 'nothing');
  const { kid } = await operator.replaceAll();
  expect((await server().signer()).kid).toBe(kid);
});

test('a new key is published at once, signs when no cached JWKS lacks it, and the old one goes a day later', async () => {
  const { server, operator, later, record } = await setup();
  const [slow, fast] = [server(-MINUTE_MS), server(MINUTE_MS)];
  const both = () => Promise.all([slow, fast].map(async (keys) => (await keys.signer()).kid));
  await slow.maintain();
  const [old] = await kidsOf(slow);
  const { kid, signsFrom, made } = await operator.rotate();
  expect(made).toBe(true);
  for (const keys of [slow, fast]) expect(await kidsOf(keys)).toEqual([old, kid]);
  expect(await both()).toEqual([old, old]);

  // Even the server whose clock is a minute fast waits for the caches.
  later(JWKS_MAX_AGE_SECONDS * 1000 - 1);
  expect(await both()).toEqual([old, old]);
  later(1);
  expect(await both()).toEqual([old, kid]);
  later(2 * MINUTE_MS);
  expect(await both()).toEqual([kid, kid]);
  expect((await operator.list()).map(({ state }) => state)).toEqual(['retired', 'signing']);
  const [retired] = await operator.list();
  expect(retired?.removedAt).toBe(signsFrom + DAY_MS + 2 * MINUTE_MS);

  // Nobody signs with it any more: nobody needs its private half.
  later(2 * MINUTE_MS);
  await fast.maintain();
  expect((await record()).keys).toMatchObject([{ kid: old, privateHalf: null }, { kid }]);
  expect(await slow.verifier(old)).toMatchObject({ kid: old });

  later(DAY_MS - 3 * MINUTE_MS);
  await slow.maintain();
  expect(await kidsOf(slow)).toEqual([old, kid]);
  later(3 * MINUTE_MS);
  await slow.maintain();
  expect((await record()).keys).toMatchObject([{ kid }]);
  expect(await kidsOf(fast)).toEqual([kid]);
  expect(await fast.verifier(old)).toBeNull();
});

test('of many rotations at once one makes a key, and the others name it', async () => {
  const { server, operator, later } = await setup();
  await server().maintain();
  const rotations = await Promise.all(Array.from({ length: 8 }, () => operator.rotate()));
  expect(rotations.filter(({ made }) => made)).toHaveLength(1);
  expect(new Set(rotations.map(({ kid }) => kid)).size).toBe(1);
  expect(await operator.list()).toHaveLength(2);
  later(6 * MINUTE_MS);
  expect(await operator.rotate()).toMatchObject({ made: true });
  expect((await operator.list()).map(({ state }) => state)).toEqual(['retired', 'signing', 'published']);
});

test('a rotation before the first start makes the key that the first server signs with', async () => {
  const { server, operator } = await setup();
  expect(await operator.list()).toEqual([]);
  const { kid } = await operator.rotate();
  expect((await server().signer()).kid).toBe(kid);
});

test('for a kid that is not known the store is asked once in ten seconds, however many ask', async () => {
  const { server, operator, calls, later } = await setup();
  const keys = server();
  const { kid: first } = await keys.signer();
  const reads = () => calls.filter((call) => call === 'keys.read').length;
  const before = reads();
  expect(await Promise.all(Array.from({ length: 50 }, (_, n) => keys.verifier(`forged ${n}`)))).toEqual(
    Array(50).fill(null),
  );
  expect(reads()).toBe(before + 1);
  const { kid } = await operator.rotate();
  later(9999);
  expect(await keys.verifier(kid)).toBeNull();
  expect(await keys.verifier(first)).not.toBeNull();
  expect(reads()).toBe(before + 1);
  later(1);
  expect(await keys.verifier(kid)).toMatchObject({ kid });
  expect(reads()).toBe(before + 2);
});

test('a server that could not read the keys for long signs with none of them', async () => {
  const { server, store, later } = await setup();
  const keys = server();
  await keys.maintain();
  const { kid } = await keys.signer();
  Object.assign(store, { read: () => Promise.reject(new Error('away')) });
  later(30_000);
  expect((await keys.signer()).kid).toBe(kid);
  later(1);
  await expect(keys.signer()).rejects.toThrow('away');
  expect(await keys.verifier(kid)).toMatchObject({ kid });
  expect(await kidsOf(keys)).toEqual([kid]);
});

test('a server signs with no key that is denied: it looks for the one that came in its place', async () => {
  const { server, operator, denied } = await setup();
  const keys = server();
  const { kid: leaked } = await keys.signer();
  denied.push(`key:${leaked}`);
  await expect(keys.signer()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  const { kid } = await operator.replaceAll();
  expect((await keys.signer()).kid).toBe(kid);
  expect(await kidsOf(keys)).toEqual([kid]);
  expect(await keys.verifier(leaked)).toBeNull();
});
