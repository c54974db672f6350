import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { type RedisServerOptions, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { HOUR_MS, newApiKey, newSignIn, rotation } from './identity-records.ts';

const unavailable = { code: 'UNAVAILABLE' };
const denied = (subject: string, until = Date.now() + HOUR_MS) => ({ subject, until });

describe.skipIf(!redisAvailable)('sign-ins, API keys and denials in Redis', () => {
  const leftovers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  async function start(options: RedisServerOptions = {}) {
    const server = await startRedisServer(options);
    leftovers.push(() => server.dispose());
    const inspector = new Redis(server.url);
    leftovers.push(() => inspector.disconnect());
    const openStore = async (url = server.url) => {
      const storage = await openRedisStorage({ url, log: silentLog });
      leftovers.push(() => storage.close());
      return storage;
    };
    return { server, inspector, openStore };
  }

  test('all of one account is in one slot, all denials in another, and the names say whose they are', async () => {
    const { inspector, openStore } = await start();
    const { signIns, apiKeys, denials } = await openStore();
    await signIns.add(newSignIn('s1'), 5);
    await signIns.rotate(rotation('s1', 't1', 't2'));
    await apiKeys.add(newApiKey('k1'), 5);
    await denials.deny([denied('sid:a')]);
    await denials.watch(() => {});
    expect((await inspector.keys('*')).sort()).toEqual([
      'rsvg:answer:{a:u1}:s1:t1',
      'rsvg:api-key:{a:u1}:k1',
      'rsvg:api-keys:{a:u1}',
      'rsvg:denials:{denials}:ends',
      'rsvg:denials:{denials}:numbers',
      'rsvg:denials:{denials}:order',
      'rsvg:sign-in:{a:u1}:s1',
      'rsvg:sign-ins:{a:u1}',
    ]);
    expect(await inspector.pubsub('CHANNELS', '*')).toEqual(['rsvg:denials:0']);
  });

  test('whatever expires goes by itself, its places in lists too; only the numbers of the denials stay', async () => {
    const { inspector, openStore } = await start();
    const { signIns, apiKeys, denials } = await openStore();
    for (let n = 0; n < 20; n += 1) {
      await signIns.add(newSignIn(`s${n}`, { ttlMs: 50 }), 30);
      await signIns.rotate(rotation(`s${n}`, 't1', 't2', { ttlMs: 60, graceMs: 40 }));
      await apiKeys.add(newApiKey(`k${n}`, { expiresAt: Date.now() + 50 }), 30);
      await denials.deny([denied(`sid:${n}`, Date.now() + 50)]);
    }
    await apiKeys.used('u1', 'nobody');
    await expect.poll(() => inspector.keys('*')).toEqual(['rsvg:denials:{denials}:numbers']);
  });

  test('among what lasts, lists do not fill with the expired', async () => {
    const { inspector, openStore } = await start();
    const { signIns, apiKeys, denials } = await openStore();
    await signIns.add(newSignIn('long'), 1000);
    await apiKeys.add(newApiKey('long'), 1000);
    await denials.deny([denied('sid:long')]);
    await denials.deny(Array.from({ length: 150 }, (_, n) => denied(`sid:${n}`, 1 + n)));
    for (let n = 0; n < 150; n += 1) {
      await signIns.add(newSignIn(`s${n}`, { ttlMs: 1 }), 1000);
      await apiKeys.add(newApiKey(`k${n}`, { expiresAt: 1 }), 1000);
      await denials.deny([denied(`sid:old ${n}`, 1)]);
    }
    for (const list of ['sign-ins:{a:u1}', 'api-keys:{a:u1}', 'denials:{denials}:ends', 'denials:{denials}:order']) {
      expect(await inspector.zcard(`rsvg:${list}`), list).toBeLessThan(10);
    }
    expect((await denials.load(0)).denials.map(({ subject }) => subject)).toEqual(['sid:long']);
  });

  test('neither tokens nor answers are in the store in the clear', async () => {
    const { inspector, openStore } = await start();
    const { signIns } = await openStore();
    await signIns.add(newSignIn('s1'), 5);
    await signIns.rotate(rotation('s1', 't1', 't2'));
    const stored = await inspector.hgetall('rsvg:sign-in:{a:u1}:s1');
    expect(Object.keys(stored).sort()).toEqual(
      ['agent', 'createdAt', 'expiresAt', 'familyHash', 'lastUsedAt', 'tokenHash', 'userId'].sort(),
    );
    expect(stored).toMatchObject({ tokenHash: 't2', familyHash: 'f' });
    const left = await inspector.pttl('rsvg:answer:{a:u1}:s1:t1');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(10_000);
  });

  test('what one node denies the others are told, each database by itself', async () => {
    const { server, openStore } = await start();
    const [here, there, elsewhere] = [await openStore(), await openStore(), await openStore(`${server.url}/1`)];
    const told: string[] = [];
    await here.denials.watch(() => void told.push('here'));
    await there.denials.watch(() => void told.push('there'));
    await elsewhere.denials.watch(() => void told.push('elsewhere'));
    await here.denials.deny([denied('sid:a')]);
    await expect.poll(() => [...told].sort()).toEqual(['here', 'there']);
    await elsewhere.denials.deny([denied('sid:b')]);
    await expect.poll(() => [...told].sort()).toEqual(['elsewhere', 'here', 'there']);
    expect((await there.denials.load(0)).denials.map(({ subject }) => subject)).toEqual(['sid:a']);
  });

  test('while Redis is away everything is UNAVAILABLE', async () => {
    const { server, openStore } = await start();
    const { signIns, apiKeys, denials } = await openStore();
    await denials.watch(() => {});
    await server.stop();
    const watch = () => denials.watch(() => {});
    await expect.poll(() => watch().catch((error) => error)).toMatchObject(unavailable);
    const asked = [
      () => signIns.add(newSignIn('s1'), 5),
      () => signIns.rotate(rotation('s1', 't1', 't2')),
      () => signIns.find('u1', 's1'),
      () => signIns.list('u1'),
      () => signIns.remove('u1', ['s1']),
      () => apiKeys.add(newApiKey('k1'), 5),
      () => apiKeys.find('u1', 'k1'),
      () => apiKeys.list('u1'),
      () => apiKeys.used('u1', 'k1'),
      () => apiKeys.remove('u1', 'k1'),
      () => apiKeys.removeAll('u1'),
      () => denials.deny([denied('sid:a')]),
      () => denials.load(0),
      () => denials.sequence(),
      watch,
    ];
    for (const ask of asked) await expect(ask(), String(ask)).rejects.toMatchObject(unavailable);
  });

  test('a Redis that came back empty is noticed, even after others denied more in it', async () => {
    const { server, openStore } = await start();
    const { denials, ping } = await openStore();
    const calls: boolean[] = [];
    await denials.watch((reconnected) => void calls.push(reconnected));
    await denials.deny([denied('sid:a'), denied('sid:b')]);
    const { sequence } = await denials.load(0);
    await expect.poll(() => calls).toEqual([false]);
    await server.stop();
    await server.restart();
    await expect.poll(() => calls, { timeout: 10_000 }).toContain(true);
    await expect.poll(() => ping().then(() => true)).toBe(true);
    expect(await denials.load(sequence)).toEqual({ sequence: 0, denials: [], complete: true });
    const other = await openStore();
    for (const subject of ['sid:c', 'sid:d', 'sid:e']) await other.denials.deny([denied(subject)]);
    const loaded = await denials.load(sequence);
    expect(loaded.complete).toBe(true);
    expect(loaded.denials.map(({ subject }) => subject)).toEqual(['sid:c', 'sid:d', 'sid:e']);
    await expect.poll(() => calls.filter((reconnected) => !reconnected).length).toBe(4);
  });

  test('who lost the last denials, as by a failover, never gives their numbers to others', async () => {
    const { inspector, openStore } = await start();
    const { denials } = await openStore();
    await denials.deny([denied('sid:a')]);
    const copies = await Promise.all((await inspector.keys('*')).map(async (key) => [key, await dump(key)] as const));
    await denials.deny([denied('sid:lost')]);
    const { sequence } = await denials.load(0);
    for (const [key, copy] of copies) await inspector.restore(key, 0, copy, 'REPLACE');
    expect(await denials.sequence()).toBeLessThan(sequence);
    expect((await denials.load(sequence)).complete).toBe(true);
    await denials.deny([denied('sid:b')]);
    expect((await denials.load(sequence)).denials.map(({ subject }) => subject)).toContain('sid:b');

    function dump(key: string) {
      return inspector.dumpBuffer(key);
    }
  });

  test('a subscriber that was cut off alone calls back when it hears again', async () => {
    const { inspector, openStore } = await start();
    const { denials } = await openStore();
    const calls: boolean[] = [];
    await denials.watch((reconnected) => void calls.push(reconnected));
    for (let n = 1; n < 4; n += 1) {
      await inspector.client('KILL', 'TYPE', 'pubsub');
      await expect.poll(() => calls.filter((reconnected) => reconnected).length).toBe(n);
      await denials.deny([denied(`sid:${n}`)]);
      await expect.poll(() => calls.filter((reconnected) => !reconnected).length).toBe(n);
    }
  });

  test('who may not subscribe is told so, and may try again', async () => {
    const { inspector, server, openStore } = await start({
      args: ['--user', 'me', 'on', '>pw', '~*', 'resetchannels', '+@all'],
    });
    const { denials } = await openStore(`redis://me:pw@127.0.0.1:${server.port}`);
    for (const answer of await Promise.allSettled([denials.watch(() => {}), denials.watch(() => {})])) {
      expect(answer).toMatchObject({ reason: unavailable });
    }
    await inspector.call('ACL', 'SETUSER', 'me', 'allchannels');
    const calls: boolean[] = [];
    const watch = () => denials.watch((reconnected) => void calls.push(reconnected));
    await expect.poll(() => watch().then(() => true, String)).toBe(true);
    await denials.deny([denied('sid:a')]);
    await expect.poll(() => calls).toEqual([false]);
  });
});
