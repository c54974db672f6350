import { createClient as createWebSocketClient } from 'graphql-ws';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { createClient } from '../graphql/client.ts';
import { openEventStream } from '../graphql/event-stream-client.ts';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp } from '../harness/app.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';

const FRAMES = 'subscription ($id: ID!) { frames(sessionId: $id) { version } }';

async function viewersAt(app: RunningApp, id: string, token?: string): Promise<number> {
  const { data } = await createClient(`${app.url}/graphql`, token)(`{ session(id: "${id}") { viewers } }`);
  return data.session.viewers;
}

const soon = (app: RunningApp, id = 'seen') => expect.poll(() => viewersAt(app, id), { timeout: 5000, interval: 50 });

async function begin(app: RunningApp, name = 'seen') {
  await call(app.url, 'POST', '/api/session', { session_id: name, template: TEXT_TEMPLATE, args: { n: 1 } });
}

/** One viewer by each transport. @returns what makes it leave */
async function watchInEveryWay(app: RunningApp, id = 'seen') {
  const multipart = await readMultipart(app.port, `/stream/${id}`);
  await multipart.next();
  const events = await openEventStream(`${app.url}/graphql`, FRAMES, { id });
  onTestFinished(events.close);
  await events.events.next();
  const client = createWebSocketClient({
    url: `${app.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  onTestFinished(() => void client.dispose());
  const frames = client.iterate({ query: FRAMES, variables: { id } });
  await frames.next();
  return { multipart: multipart.close, events: events.close, webSocket: () => void frames.return?.() };
}

test('whoever watches counts, by whatever transport, until it leaves; whoever may see the picture may ask', async () => {
  const app = await appForTest();
  const alice = await bearer(app.url, 'alice');
  await call(app.url, 'POST', '/api/user/alice/session', { session_id: 'seen', template: TEXT_TEMPLATE }, alice);
  expect(await viewersAt(app, 'alice/seen')).toBe(0);
  const leave = await watchInEveryWay(app, 'alice/seen');
  expect(await viewersAt(app, 'alice/seen')).toBe(3);
  const another = await readMultipart(app.port, '/stream/alice/seen?fps=5');
  await another.next();
  expect(await viewersAt(app, 'alice/seen')).toBe(4);
  another.close();
  leave.multipart();
  await soon(app, 'alice/seen').toBe(2);
  leave.events();
  leave.webSocket();
  await soon(app, 'alice/seen').toBe(0);
  // A list has it too.
  const token = alice.authorization.slice('Bearer '.length);
  const { data } = await createClient(`${app.url}/graphql`, token)('{ sessions { edges { node { viewers } } } }');
  expect(data.sessions.edges).toEqual([{ node: { viewers: 0 } }]);
});

describe.skipIf(!redisAvailable)('on two servers', () => {
  async function twoServers() {
    const redis = await startRedisServer();
    onTestFinished(redis.dispose);
    const config = { redisUrl: redis.url };
    const inspector = new Redis(redis.port);
    onTestFinished(() => inspector.disconnect());
    return { one: await appForTest(config), two: await appForTest(config), inspector };
  }

  test('each knows the viewers of the other, and of a server that ends none are left', async () => {
    const { one, two, inspector } = await twoServers();
    await begin(one);
    await watchInEveryWay(one);
    const { multipart } = await watchInEveryWay(two);
    for (const app of [one, two]) await soon(app).toBe(6);
    multipart();
    for (const app of [one, two]) await soon(app).toBe(5);
    await one.close();
    expect(await viewersAt(two, 'seen')).toBe(2);
    await two.close();
    expect(await inspector.keys('rsvg:viewers:*')).toEqual([]);
  });

  test('nothing is told to Redis while nobody watches, and nothing per frame', async () => {
    const { one, inspector } = await twoServers();
    await begin(one);
    const calls = async () => {
      const [, count = '0'] = /cmdstat_hset:calls=(\d+)/.exec(await inspector.info('commandstats')) ?? [];
      return Number(count);
    };
    const viewer = await readMultipart(one.port, '/stream/seen?fps=120');
    await expect.poll(() => inspector.keys('rsvg:viewers:*'), { interval: 20 }).toHaveLength(1);
    await inspector.config('RESETSTAT');
    for (let n = 2; n <= 30; n += 1) await call(one.url, 'PUT', '/api/session/seen', { args: { n } });
    await viewer.until('>30<');
    // The 29 writes themselves, and perhaps the count, which is told again every few seconds.
    expect(await calls()).toBeLessThan(40);
    viewer.close();
    await expect.poll(() => inspector.keys('rsvg:viewers:*'), { interval: 20, timeout: 5000 }).toEqual([]);
  });
});
