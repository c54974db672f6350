import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLeases } from '../../src/limits/leases.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import type { LimitStore } from '../../src/storage/limit-store.ts';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';

const policy = { points: 300, windowMs: 60_000, counts: 'things', lease: 10 };

/** The same store, counting round trips. */
function counting(store: LimitStore) {
  let trips = 0;
  const take: LimitStore['take'] = (...args) => {
    trips += 1;
    return store.take(...args);
  };
  return { take, trips: () => trips };
}

async function embedded() {
  const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
  onTestFinished(() => storage.close());
  return storage.limits;
}

test('a hundred points of one key, one after another, are ten round trips', async () => {
  const store = counting(await embedded());
  const takeOne = createLeases(store);
  for (let n = 0; n < 100; n += 1) expect((await takeOne('key', policy)).granted).toBe(1);
  expect(store.trips()).toBe(10);
});

test('who is refused costs no round trip until the window ends, and is told when that is', async () => {
  const store = counting(await embedded());
  const takeOne = createLeases(store);
  const short = { ...policy, points: 10, windowMs: 1000 };
  for (let n = 0; n < 10; n += 1) await takeOne('key', short);
  const refused = await takeOne('key', short);
  expect(refused.granted).toBe(0);
  expect(refused.resetMs).toBeGreaterThan(0);
  const before = store.trips();
  await Promise.all(Array.from({ length: 100 }, () => takeOne('key', short)));
  expect(store.trips()).toBe(before);
  await expect.poll(async () => (await takeOne('key', short)).granted, { timeout: 5000 }).toBe(1);
});

test('those who come at once share a renewal, are served in their order, and keys are apart', async () => {
  const store = counting(await embedded());
  const takeOne = createLeases(store);
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 400 }, async (_, n) => {
      if ((await takeOne('key', policy)).granted === 1) order.push(n);
    }),
  );
  expect(order).toEqual(Array.from({ length: 300 }, (_, n) => n));
  expect(store.trips()).toBeLessThanOrEqual(31);
  expect((await takeOne('another', policy)).granted).toBe(1);
});

describe.skipIf(!redisAvailable)('on one Redis', () => {
  test('two processes together give exactly the limit, never more, while both go on asking', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.dispose());
    const stores = await Promise.all([0, 1].map(() => openRedisStorage({ url: redis.url, log: silentLog })));
    for (const storage of stores) onTestFinished(() => storage.close());
    const takers = stores.map(({ limits }) => createLeases(limits));
    const taken = await Promise.all(
      Array.from({ length: 800 }, (_, n) => takers[n % 2]?.('key', policy) ?? Promise.reject()),
    );
    expect(taken.filter(({ granted }) => granted === 1)).toHaveLength(300);
    const inspector = new Redis(redis.url);
    onTestFinished(() => inspector.disconnect());
    const keys = await inspector.keys('*');
    expect(keys).toEqual(['rsvg:limit:key']);
    expect(await inspector.pttl('rsvg:limit:key')).toBeGreaterThan(0);
  });

  test('without Redis all is UNAVAILABLE and nothing is left unhandled; afterwards it goes on', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.dispose());
    const storage = await openRedisStorage({ url: redis.url, log: silentLog });
    onTestFinished(() => storage.close());
    const { limits } = storage;
    const takeOne = createLeases(limits);
    expect((await takeOne('key', policy)).granted).toBe(1);
    await redis.stop();
    // What is leased already goes on.
    expect((await takeOne('key', policy)).granted).toBe(1);
    const away = { code: 'UNAVAILABLE' };
    await expect(Promise.all([takeOne('other', policy), takeOne('other', policy)])).rejects.toMatchObject(away);
    await expect(limits.mark('key', 1000)).rejects.toMatchObject(away);
    await expect(limits.remembered('key')).rejects.toMatchObject(away);
    await expect(limits.forget('key')).rejects.toMatchObject(away);
    await redis.restart();
    await expect
      .poll(
        () =>
          takeOne('other', policy)
            .then(({ granted }) => granted)
            .catch(() => 0),
        { timeout: 10_000 },
      )
      .toBe(1);
  });
});
