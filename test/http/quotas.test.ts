import { createClient as createWebSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CREATE, createClient, UPDATE } from '../graphql/client.ts';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';

const quotas = { maxSessionsPerUser: 1, maxPublicSessions: 1, maxBytesPerUser: 1000 };
const tooLong = { n: 'x'.repeat(1000) };
const mine = '/api/user/alice/session';
const body = (session_id: string, args: object = { n: 1 }) => ({ session_id, template: TEXT_TEMPLATE, args });

describe.each([
  ['the embedded store', false],
  ['Redis', true],
])('on %s', (_name, onRedis) => {
  let redis: RedisServer | null = null;
  let app: RunningApp;
  let token: { authorization: string };

  beforeAll(async () => {
    if (onRedis && !redisAvailable) return;
    redis = onRedis ? await startRedisServer() : null;
    app = await runApp({ ...quotas, redisUrl: redis?.url ?? null });
    token = await bearer(app.url, 'alice');
    expect((await call(app.url, 'POST', mine, body('card'), token)).status).toBe(201);
    expect((await call(app.url, 'POST', '/api/session', body('board'))).status).toBe(201);
  });
  afterAll(async () => {
    await app?.close();
    await redis?.dispose();
  });

  const refused = [
    ['POST', mine, body('one more'), 'MAX_SESSIONS_PER_USER'],
    ['POST', mine, body('card', tooLong), 'MAX_BYTES_PER_USER'],
    ['PUT', `${mine}/card`, { args: tooLong }, 'MAX_BYTES_PER_USER'],
    ['PATCH', `${mine}/card`, { args: tooLong }, 'MAX_BYTES_PER_USER'],
    ['POST', '/api/session', body('one more'), 'MAX_PUBLIC_SESSIONS'],
  ] as const;

  it.skipIf(onRedis && !redisAvailable).each(refused)(
    '%s %s of %j is 429 by %s and changes nothing',
    async (method, path, sent, limit) => {
      const standing = await call(app.url, 'GET', `${mine}/card`, undefined, token);
      const { status, headers, body: answer } = await call(app.url, method, path, sent, token);
      expect([status, headers.get('retry-after')]).toEqual([429, '60']);
      expect(answer).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60, limit });
      expect(answer.error).toMatch(new RegExp(`${limit} is ${answer.max}: .*Nothing was changed`));
      const { text, headers: now } = await call(app.url, 'GET', `${mine}/card`, undefined, token);
      expect([text, now.get('etag')]).toEqual([standing.text, standing.headers.get('etag')]);
      expect((await call(app.url, 'GET', `${mine}/one%20more`, undefined, token)).status).toBe(404);
      expect((await call(app.url, 'GET', '/api/session/one%20more')).status).toBe(404);
    },
  );

  const operations = [
    ['createSession', CREATE, { name: 'two', template: TEXT_TEMPLATE }, 'MAX_SESSIONS_PER_USER'],
    ['createSession', CREATE, { name: 'two', template: TEXT_TEMPLATE, public: true }, 'MAX_PUBLIC_SESSIONS'],
    ['updateSession', UPDATE, { id: 'alice/card', patch: tooLong }, 'MAX_BYTES_PER_USER'],
  ] as const;

  it.skipIf(onRedis && !redisAvailable).each(operations)(
    '%s past a quota is RATE_LIMITED over GraphQL, HTTP and WebSocket',
    async (_mutation, query, input, limit) => {
      const url = `${app.url}/graphql`;
      const extensions = { code: 'RATE_LIMITED', retryAfterSeconds: 60, limit };
      const answer = await createClient(url, token.authorization.slice('Bearer '.length))(query, { input });
      expect(answer).toMatchObject({ status: 200, errors: [{ extensions }] });
      const client = createWebSocketClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: token,
      });
      for await (const { errors } of client.iterate({ query, variables: { input } })) {
        expect(errors).toMatchObject([{ extensions }]);
      }
      await client.dispose();
    },
  );

  it.skipIf(onRedis && !redisAvailable)('what is there is written as ever, and a deletion makes room', async () => {
    expect((await call(app.url, 'PUT', `${mine}/card`, { args: { n: 2 } }, token)).status).toBe(204);
    expect((await call(app.url, 'PATCH', '/api/session/board', { args: { n: 2 } })).status).toBe(200);
    expect((await call(app.url, 'DELETE', `${mine}/card`, undefined, token)).status).toBe(204);
    expect((await call(app.url, 'POST', mine, body('another'), token)).status).toBe(201);
  });
});
