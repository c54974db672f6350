import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { openMultipart } from '../harness/multipart-reader.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';

const RECONNECTS = 20;

test.skipIf(!redisAvailable).each([
  ['viewers', []],
  ['viewers of deltas', AS_AN_IMAGE],
])(
  '%s that connect again find the subscription that they left, and it ends when nobody comes back',
  async (_who, headers) => {
    const redis = await startRedisServer();
    onTestFinished(redis.dispose);
    const inspector = new Redis(redis.port);
    onTestFinished(() => inspector.disconnect());
    const app = await appForTest({ redisUrl: redis.url });
    await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE, args: { n: 0 } });
    const viewers = async () => {
      const { text } = await call(app.url, 'GET', '/metrics');
      return /^rsvg_viewers\{transport="multipart"\} (\d+)$/m.exec(text)?.[1];
    };
    const calls = async (command: string) =>
      Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(await inspector.info('commandstats'))?.[1] ?? 0);
    const frameChannels = () => inspector.pubsub('CHANNELS', 'rsvg:frames:*');
    const before = { subscribe: await calls('subscribe'), unsubscribe: await calls('unsubscribe') };

    for (let n = 1; n <= RECONNECTS; n += 1) {
      const viewer = await openMultipart(app.port, '/stream/s', headers);
      await call(app.url, 'PUT', '/api/session/s', { args: { n } });
      await viewer.until(`>${n}<`);
      viewer.close();
      await expect.poll(viewers, { interval: 5 }).toBe('0');
    }
    expect(await calls('subscribe')).toBe(before.subscribe + 1);
    expect(await calls('unsubscribe')).toBe(before.unsubscribe);
    expect(await frameChannels()).toHaveLength(1);

    await expect.poll(frameChannels, { timeout: 5000 }).toEqual([]);
    expect((await call(app.url, 'GET', '/snapshot/s')).text).toContain(`>${RECONNECTS}<`);
  },
);
