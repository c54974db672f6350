import { describe, expect, it, onTestFinished } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { freePort, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { startServer } from '../harness/server-process.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';

describe.skipIf(!redisAvailable)('a server that starts before its Redis', () => {
  it('waits and says so in one line, is not ready until Redis answers, and then works', async () => {
    const port = await freePort();
    const server = await startServer('--redis-url', `redis://:hunter2@127.0.0.1:${port}`);
    const ready = () => call(server.url, 'GET', '/ready');
    const early = await ready();
    expect([early.status, early.body]).toMatchObject([503, { code: 'UNAVAILABLE', reason: 'store' }]);
    expect((await call(server.url, 'GET', '/health')).status).toBe(200);
    const session = { session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } };
    expect((await call(server.url, 'POST', '/api/session', session)).status).toBe(503);

    const redis = await startRedisServer({ port, args: ['--requirepass', 'hunter2'] });
    onTestFinished(() => redis.dispose());
    await expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(200);
    expect((await call(server.url, 'POST', '/api/session', session)).status).toBe(201);
    const streams = [await readMultipart(server.port, '/stream/s')];
    streams.push(await readMultipart(server.port, '/stream/s', AS_AN_IMAGE));
    for (const stream of streams) await stream.until('>1<');
    expect((await call(server.url, 'PUT', '/api/session/s', { args: { n: 2 } })).status).toBe(200);
    for (const stream of streams) await stream.until('>2<');
    const credentials = { user_id: 'alice', password: 'correct horse' };
    expect((await call(server.url, 'POST', '/api/auth/token', credentials)).status).toBe(200);

    const lines = server.output().split('\n');
    expect(lines.filter((line) => line.includes('cannot be reached; trying again until it can'))).toHaveLength(1);
    expect(server.output()).not.toContain('hunter2');
  });
});
