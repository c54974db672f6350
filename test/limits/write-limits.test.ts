import { once } from 'node:events';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { limitKey } from '../../src/limits/limits.ts';
import { POLICIES } from '../../src/limits/policies.ts';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { createClient } from '../graphql/client.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp } from '../harness/app.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { DEPLOYMENTS, from, limitedNodes, signIn, skipped } from './limited-nodes.ts';

const FIELDS = 15;

/** One operation with as many fields that write. */
const many = (field: string) => `mutation { ${Array.from({ length: FIELDS }, (_, n) => `f${n}: ${field}`).join(' ')} }`;

const CREATE = `createSession(input: { public: true, template: ${JSON.stringify(TEXT_TEMPLATE)} }) { id }`;

/** As many pictures as they have rendered. */
async function madeBy(apps: Iterable<RunningApp>): Promise<number> {
  let made = 0;
  for (const { url } of apps) {
    const [, renders] =
      /rsvg_renders_total\{outcome="ok"\} (\d+)/.exec((await call(url, 'GET', '/metrics')).text) ?? [];
    made += Number(renders);
  }
  return made;
}

async function overWebSocket(port: number, query: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data)).payload;
}

describe.each(DEPLOYMENTS)('on %s', (_, onRedis) => {
  describe.skipIf(skipped(onRedis))('writes', () => {
    test('of anonymous sessions an address may make sixty in a minute, counted per field on every transport', async () => {
      const [one, two] = await limitedNodes(onRedis);
      const clients = [one, two].map(({ url }) => createClient(`${url}/graphql`));
      await Promise.all(Array.from({ length: 6 }, (_, n) => clients[n % 2]?.(many(CREATE))));
      expect(await madeBy(new Set([one, two]))).toBe(60);
      const over = await overWebSocket(two.port, `mutation { ${CREATE} }`);
      const details = { code: 'RATE_LIMITED', limit: 'anonymousSessionsPerAddress', max: 60, windowSeconds: 60 };
      expect(over.errors[0].extensions).toEqual({ ...details, retryAfterSeconds: expect.any(Number) });
      const session = { session_id: 'one-more', template: TEXT_TEMPLATE };
      const rest = await call(one.url, 'POST', '/api/session', session);
      expect([rest.status, rest.headers.get('ratelimit-limit')]).toEqual([429, '60']);
      expect((await call(one.url, 'POST', '/api/session', session, from('192.0.2.9'))).status).toBe(201);
      const { token } = (await signIn(one, 'alice', '192.0.2.9')).body;
      expect((await createClient(`${one.url}/graphql`, token)(`mutation { ${CREATE} }`)).codes).toEqual([]);
    });
  });
});

describe.skipIf(!redisAvailable)('on Redis', () => {
  async function withAlice() {
    const redis = await startRedisServer();
    onTestFinished(() => redis.dispose());
    const app = await appForTest({ redisUrl: redis.url, rateLimits: true });
    const storage = await openRedisStorage({ url: redis.url, log: silentLog });
    onTestFinished(() => storage.close());
    const tokenOf = async (name: string) => (await signIn(app, name, 'unknown')).body.token as string;
    const push = async (token: string, name: string) => {
      const path = `/api/user/alice/session/${name}`;
      return call(app.url, 'PUT', path, { args: {} }, { authorization: `Bearer ${token}` });
    };
    return { redis, storage, alice: await tokenOf('alice'), mallory: await tokenOf('mallory'), push };
  }

  test('all servers together write to a session as often as it may be; others are not concerned', async () => {
    const { storage, alice, push } = await withAlice();
    const policy = POLICIES.writesPerSession;
    // Another server has used up all but a few.
    await storage.limits.take(limitKey('writesPerSession', 'alice/gone'), policy.points - 5, policy);
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await push(alice, 'gone'));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 429]);
    expect(answers[5]?.body).toMatchObject({ limit: 'writesPerSession', max: 3000, windowSeconds: 10 });
    expect((await push(alice, 'another')).status).toBe(404);
  });

  test('whoever may not write to a session takes nothing of what may be written to it', async () => {
    const { redis, alice, mallory, push } = await withAlice();
    const inspector = new Redis(redis.url);
    onTestFinished(() => inspector.disconnect());
    const counted = () => inspector.exists(`rsvg:limit:${limitKey('writesPerSession', 'alice/gone')}`);
    expect((await push(mallory, 'gone')).status).toBe(403);
    expect(await counted()).toBe(0);
    expect((await push(alice, 'gone')).status).toBe(404);
    expect(await counted()).toBe(1);
  });

  test('a limited write is still one round trip, but for a few leases', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.dispose());
    const inspector = new Redis(redis.url);
    onTestFinished(() => inspector.disconnect());
    async function scriptsOf(rateLimits: boolean): Promise<number> {
      const app = await appForTest({ redisUrl: redis.url, rateLimits });
      const session_id = `limits-${rateLimits}`;
      await call(app.url, 'POST', '/api/session', { session_id, template: TEXT_TEMPLATE });
      await call(app.url, 'PUT', `/api/session/${session_id}`, { args: { n: 0 } });
      await inspector.config('RESETSTAT');
      for (let n = 1; n <= 200; n += 1) {
        expect((await call(app.url, 'PUT', `/api/session/${session_id}`, { args: { n } })).status).toBe(200);
      }
      const [, calls = ''] = /cmdstat_evalsha:calls=(\d+)/.exec(await inspector.info('commandstats')) ?? [];
      return Number(calls);
    }
    const without = await scriptsOf(false);
    const more = (await scriptsOf(true)) - without;
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThanOrEqual(0.1 * without);
  });
});
