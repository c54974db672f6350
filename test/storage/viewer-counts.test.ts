import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { startRedisCluster } from '../harness/redis-topologies.ts';
import { silentLog } from '../harness/silent-log.ts';
import { open, owned } from './backend.ts';

const topologies = [
  ['one Redis server', () => startRedisServer()],
  ['a Redis Cluster', () => startRedisCluster()],
] as const;

describe.skipIf(!redisAvailable).each(topologies)('counts of viewers on %s', (_, start) => {
  test('are summed over all other nodes, replaced when told again, and forgotten in time', async () => {
    const server = await start();
    onTestFinished(server.dispose);
    const storage = await openRedisStorage({ url: server.url, log: silentLog });
    onTestFinished(() => storage.close());
    const counts = storage.viewerCounts;
    if (counts === null) throw new Error('Redis has other nodes');
    const [card, chart] = [open('card'), owned('alice', 'chart')];
    // No public name spells an owned session.
    const spelled = open('{u:alice}:chart');

    const minute = 60_000;
    await counts.tell(
      'one',
      [card, chart].map((id, at) => ({ id, viewers: at + 1 })),
      minute,
    );
    await counts.tell('two', [{ id: card, viewers: 10 }], minute);
    const seenBy = (node: string) => Promise.all([card, chart, spelled].map((id) => counts.elsewhere(node, id)));
    expect(await seenBy('one')).toEqual([10, 0, 0]);
    expect(await seenBy('two')).toEqual([1, 2, 0]);
    expect(await seenBy('three')).toEqual([11, 2, 0]);

    await counts.tell(
      'one',
      [
        { id: card, viewers: 3 },
        { id: chart, viewers: 0 },
      ],
      minute,
    );
    expect(await seenBy('three')).toEqual([13, 0, 0]);

    // One that is killed tells nothing more; the others' counts stay.
    await counts.tell(
      'killed',
      [card, chart].map((id) => ({ id, viewers: 100 })),
      300,
    );
    expect(await seenBy('three')).toEqual([113, 100, 0]);
    await counts.tell('two', [{ id: card, viewers: 10 }], minute);
    await expect.poll(() => seenBy('three'), { interval: 20 }).toEqual([13, 0, 0]);
  });
});

test.skipIf(!redisAvailable)('counts that nobody tells again leave nothing behind', async () => {
  const server = await startRedisServer();
  onTestFinished(server.dispose);
  const storage = await openRedisStorage({ url: server.url, log: silentLog });
  onTestFinished(() => storage.close());
  await storage.viewerCounts?.tell('one', [{ id: open('card'), viewers: 1 }], 200);
  const inspector = new Redis(server.port);
  onTestFinished(() => inspector.disconnect());
  expect(await inspector.keys('rsvg:viewers:*')).toHaveLength(1);
  await expect.poll(() => inspector.keys('rsvg:viewers:*'), { interval: 20 }).toEqual([]);
});
