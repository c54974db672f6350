import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../../src/log.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Quotas } from '../../src/storage/quotas.ts';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import type { SessionHead } from '../../src/storage/session-store.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { begin, newAccount, only, open, owned, push, recordingWatcher } from './backend.ts';

describe.skipIf(!redisAvailable)('the Redis store', () => {
  let server: RedisServer;
  let inspector: Redis;
  const leftovers: (() => unknown)[] = [];

  beforeAll(async () => {
    server = await startRedisServer();
    inspector = new Redis(server.url);
  });
  afterAll(async () => {
    inspector.disconnect();
    await server.dispose();
  });
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  async function openStore(url = server.url, log: Log = silentLog, quotas: Partial<Quotas> = {}) {
    const storage = await openRedisStorage({ url, log, quotas: only(quotas) });
    leftovers.push(() => storage.close());
    return storage;
  }

  async function fresh(quotas: Partial<Quotas> = {}) {
    await inspector.flushall();
    return openStore(server.url, silentLog, quotas);
  }

  const id = owned('alice', 'card');

  test('every key and channel begins with rsvg:, and those of one owner share a slot', async () => {
    const { sessions, accounts, keys } = await fresh();
    for (const name of ['card', '{x}', 'a:b', '*']) {
      await sessions.write(begin(owned('al{ic}e', name)));
      await sessions.write(begin(open(name)));
      await sessions.watch(open(name), recordingWatcher().watcher);
    }
    await accounts.claim('al{ic}e', newAccount('$hash'));
    await keys.offer('{}');
    const names = [...(await inspector.keys('*')), ...((await inspector.pubsub('CHANNELS', '*')) as string[])];
    expect(names).toHaveLength(20);
    for (const name of names) expect(name).toMatch(/^rsvg:/);
    const tags = names.filter((name) => name.includes('{u:')).map((name) => /\{(.*?)\}/.exec(name)?.[1]);
    expect(new Set(tags)).toEqual(new Set(['u:al%7Bic%7De']));
    expect(tags).toHaveLength(9);
  });

  test('a write is one command, and new args leave the template alone', async () => {
    const { sessions } = await fresh();
    await sessions.write(begin(id));
    await sessions.write(push(id, 1, 2));
    await inspector.config('RESETSTAT');
    await sessions.write(push(id, 1, 3));
    const stats = await inspector.info('commandstats');
    expect(stats).toMatch(/cmdstat_evalsha:calls=1,/);
    expect(stats).not.toMatch(/cmdstat_eval:|cmdstat_script/);
    expect(stats).toMatch(/cmdstat_hset:calls=1,/);
    expect(stats).toMatch(/cmdstat_publish:calls=1,/);
  });

  test('twenty watchers on a node are one subscription, two nodes are two, and none is left behind', async () => {
    const here = await fresh();
    const there = await openStore();
    const seen = Array.from({ length: 20 }, recordingWatcher);
    const stops = await Promise.all(seen.map(({ watcher }) => here.sessions.watch(id, watcher)));
    const [channel] = (await inspector.pubsub('CHANNELS', '*')) as [string];
    const subscribers = async () => ((await inspector.pubsub('NUMSUB', channel)) as [string, number])[1];
    expect(await subscribers()).toBe(1);
    stops.push(await there.sessions.watch(id, seen[0]?.watcher ?? recordingWatcher().watcher));
    expect(await subscribers()).toBe(2);
    await there.sessions.write(begin(id));
    await Promise.all(seen.map(({ untilVersion }) => untilVersion(1)));
    for (const stop of stops) stop();
    await expect.poll(subscribers).toBe(0);
  });

  test('what one node writes and deletes, the other is told', async () => {
    const here = await fresh();
    const there = await openStore();
    const seen = recordingWatcher();
    await there.sessions.watch(id, seen.watcher);
    await here.sessions.write(begin(id));
    await here.sessions.write(push(id, 1, 2, { svg: `<svg>${'x'.repeat(100_000)}</svg>` }));
    await seen.untilVersion(2);
    await here.sessions.delete(id);
    await seen.untilGone();
  });

  test('two databases of one Redis hear nothing of each other', async () => {
    const first = await fresh();
    const second = await openStore(`${server.url}/1`);
    const seen = recordingWatcher();
    await second.sessions.watch(id, seen.watcher);
    await first.sessions.write(begin(id, { svg: 'first' }));
    await second.sessions.write(begin(id, { svg: 'second' }));
    await seen.untilVersion(1);
    expect(seen.frames.map(({ svg }) => svg)).toEqual(['second']);
  });

  test('what somebody else publishes on a channel harms nobody', async () => {
    const { sessions } = await fresh();
    const seen = recordingWatcher();
    await sessions.watch(id, seen.watcher);
    const [channel] = (await inspector.pubsub('CHANNELS', '*')) as [string];
    for (const noise of ['', 'null', '{"a":1}', 'e1 x 3\n<svg/>']) await inspector.publish(channel, noise);
    await sessions.write(begin(id));
    await seen.untilVersion(1);
    expect([seen.frames.length, seen.ended.length]).toEqual([1, 0]);
  });

  test('a list that nobody reads does not fill with the expired, whatever lives at its end', async () => {
    const { sessions } = await fresh();
    await sessions.write(begin(id));
    for (let n = 0; n < 200; n += 1) await sessions.write(begin(owned('alice', `s${n}`), { ttlMs: 1 }));
    expect(await inspector.zcard('rsvg:changes:{u:alice}')).toBeLessThan(100);
  });

  test('sessions that were written before there were quotas are counted once somebody wants more', async () => {
    const { sessions } = await fresh();
    for (const name of ['a', 'b', 'c']) {
      await sessions.write(begin(owned('alice', name), { ttlMs: name === 'a' ? 1 : null }));
      await sessions.write(begin(open(name)));
    }
    await expect.poll(() => sessions.stamps([owned('alice', 'a')])).toEqual([null]);
    const ofQuotas = [
      'sizes:{u:alice}',
      'bytes:{u:alice}',
      'expiries:{u:alice}',
      'places:{public}',
      'counted:{public}',
    ];
    await inspector.del(ofQuotas.map((key) => `rsvg:${key}`));
    const full = await openStore(server.url, silentLog, { maxSessionsPerUser: 2, maxPublicSessions: 3 });
    const limits = { maxSessionsPerUser: 'MAX_SESSIONS_PER_USER', maxPublicSessions: 'MAX_PUBLIC_SESSIONS' };
    for (const [id, limit, used] of [
      [owned('alice', 'd'), limits.maxSessionsPerUser, 2],
      [open('d'), limits.maxPublicSessions, 3],
    ] as const) {
      await expect(full.sessions.write(begin(id))).rejects.toMatchObject({ details: { limit, used } });
    }
    expect(await inspector.get('rsvg:bytes:{u:alice}')).toBe(
      String(2 * Buffer.byteLength(`<svg>{{ n }}</svg>{"n":1}<svg>1</svg>`)),
    );
    expect(await inspector.zrange('rsvg:changes:{u:alice}', 0, -1)).toEqual(['b', 'c']);
  });

  test('a place is kept while its session lives, however often it was prolonged, and freed if it was never used', async () => {
    const { sessions } = await fresh({ maxPublicSessions: 2 });
    const { head } = (await sessions.write(begin(open('kept'), { ttlMs: 60_000 }))) as { head: SessionHead };
    // As a server leaves it that reserved a place and died; both are to be looked after.
    await inspector.zadd('rsvg:places:{public}', 1, 'kept', 1, 'never%20begun');
    expect(await sessions.write(begin(open('next')))).toMatchObject({ written: true });
    expect(await inspector.zscore('rsvg:places:{public}', 'kept')).toBe(String(head.expiresAt));
    expect(await inspector.zscore('rsvg:places:{public}', 'never%20begun')).toBeNull();
    await expect(sessions.write(begin(open('too many')))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    // A deletion asks for a look soon, not before a reservation that may be under way has ended.
    await sessions.delete(open('kept'));
    const [seconds] = await inspector.time();
    const lookAt = Number(await inspector.zscore('rsvg:places:{public}', 'kept')) / 1000;
    expect(lookAt - Number(seconds)).toBeGreaterThan(1);
    expect(lookAt - Number(seconds)).toBeLessThan(10);
  });

  test('a process that stood still for a second since it reserved a place reserves it again', async () => {
    const { sessions } = await fresh({ maxPublicSessions: 2 });
    await sessions.write(begin(open('first')));
    await inspector.config('RESETSTAT');
    const writing = sessions.write(begin(open('late')));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
    expect(await writing).toMatchObject({ written: true });
    expect(await inspector.info('commandstats')).toContain('cmdstat_evalsha:calls=4,');
    expect(await inspector.zcard('rsvg:places:{public}')).toBe(2);
  });

  test('a server that lost its scripts is given them again', async () => {
    const { sessions } = await fresh();
    await sessions.write(begin(id));
    await inspector.script('FLUSH');
    expect(await sessions.write(push(id, 1, 2))).toMatchObject({ written: true, head: { version: 2 } });
  });

  test('a refusal by Redis itself is UNAVAILABLE and changes nothing', async () => {
    const { sessions } = await fresh();
    await sessions.write(begin(id));
    await inspector.config('SET', 'maxmemory', '1');
    leftovers.push(() => inspector.config('SET', 'maxmemory', '0'));
    await expect(sessions.write(push(id, 1, 2))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringContaining('nothing was changed'),
    });
    expect(await sessions.get(id)).toMatchObject({ version: 1 });
  });

  test('openStorage chooses Redis when it has a URL, else the embedded store', async () => {
    const options = { dataDir: ':memory:', log: silentLog };
    const redis = await openStorage({ ...options, redisUrl: server.url });
    leftovers.push(() => redis.close());
    expect(redis.description).toBe(`Redis at 127.0.0.1:${server.port}`);
    const embedded = await openStorage({ ...options, redisUrl: null, clock: () => 7 });
    leftovers.push(() => embedded.close());
    expect(embedded.description).toContain('embedded');
    await embedded.accounts.claim('alice', newAccount('$hash'));
    expect(await embedded.accounts.find('alice')).toMatchObject({ createdAt: 7 });
  });
});
