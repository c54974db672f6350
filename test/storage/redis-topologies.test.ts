import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { redisAvailable } from '../harness/redis-server.ts';
import { startRedisCluster, startSentinel } from '../harness/redis-topologies.ts';
import { silentLog } from '../harness/silent-log.ts';
import { begin, owned, push, recordingWatcher } from './backend.ts';
import { HOUR_MS } from './identity-records.ts';

const id = owned('alice', 'card');

describe.skipIf(!redisAvailable)('Redis of more than one process', () => {
  const leftovers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const dispose of leftovers.splice(0).reverse()) await dispose();
  });

  async function openStore(url: string) {
    const storage = await openRedisStorage({ url, log: silentLog });
    leftovers.push(() => storage.close());
    return storage;
  }

  test('after a failover by sentinels, writes and watchers follow the new master', async () => {
    const { url, port, replica, dispose } = await startSentinel();
    leftovers.push(dispose);
    const storage = await openStore(url);
    expect(storage.description).toBe(`Redis "mymaster" behind the sentinels 127.0.0.1:${port}`);
    const seen = recordingWatcher();
    await storage.sessions.watch(id, seen.watcher);
    await storage.sessions.write(begin(id));
    await seen.untilVersion(1);

    const [sentinel, successor] = [new Redis(port), new Redis(replica.port)];
    leftovers.push(() => sentinel.disconnect() ?? successor.disconnect());
    await expect.poll(() => successor.exists('rsvg:session:{u:alice}:card'), { timeout: 30_000 }).toBe(1);
    const failover = () => sentinel.call('SENTINEL', 'FAILOVER', 'mymaster').catch(String);
    await expect.poll(failover, { timeout: 30_000, interval: 100 }).toBe('OK');
    await expect.poll(() => successor.info('replication'), { timeout: 30_000 }).toContain('role:master');
    // What the old master takes until it is demoted is lost, so write until the new one has it.
    let version = 1;
    const write = async () => {
      await storage.sessions.write(push(id, 1, 2)).catch(() => {});
      version = Number(await successor.hget('rsvg:session:{u:alice}:card', 'version'));
      return version;
    };
    await expect.poll(write, { timeout: 30_000 }).toBeGreaterThan(1);
    await seen.untilVersion(version);
    const { head } = (await storage.sessions.write(push(id, 1, 3))) as { head: { version: number } };
    await expect.poll(() => seen.frames.at(-1)).toMatchObject({ version: head.version, svg: '<svg>3</svg>' });
  }, 90_000);

  test('a cluster that went away and came back is found again, by writers and watchers', async () => {
    const cluster = await startRedisCluster();
    leftovers.push(cluster.dispose);
    const storage = await openStore(cluster.url);
    const seen = recordingWatcher();
    await storage.sessions.watch(id, seen.watcher);
    await storage.sessions.write(begin(id));
    await seen.untilVersion(1);
    const denied = (subject: string) => [{ subject, until: Date.now() + HOUR_MS }];
    const heard: boolean[] = [];
    await storage.denials.watch((reconnected) => void heard.push(reconnected));
    await storage.denials.deny(denied('sid:a'));
    await expect.poll(() => heard).toEqual([false]);
    const { sequence } = await storage.denials.load(0);
    await cluster.stop();
    await expect(storage.denials.load(0)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(storage.sessions.write(push(id, 1, 2))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await cluster.restart();
    const write = () => storage.sessions.write(begin(id, { epoch: 'e2' })).then((outcome) => outcome.written, String);
    await expect.poll(write, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => seen.frames.at(-1)?.epoch, { timeout: 30_000 }).toBe('e2');
    await expect
      .poll(() => storage.sessions.stamps([id, owned('bob', 'x')]))
      .toEqual([{ epoch: 'e2', version: 1, access: 0 }, null]);
    await expect.poll(() => heard, { timeout: 30_000 }).toContain(true);
    const deny = () => storage.denials.deny(denied('sid:b')).then(() => true, String);
    await expect.poll(deny, { timeout: 30_000 }).toBe(true);
    await expect.poll(() => heard.filter((reconnected) => !reconnected).length).toBeGreaterThan(1);
    expect(await storage.denials.load(sequence)).toMatchObject({ complete: true, denials: [{ subject: 'sid:b' }] });
  }, 90_000);
});
