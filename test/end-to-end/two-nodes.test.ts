import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';

describe.skipIf(!redisAvailable)('two servers on one Redis', () => {
  it('show what was written on either one, through one subscription per session and server', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.stop());
    const [one, two] = [await appForTest({ redisUrl: redis.url }), await appForTest({ redisUrl: redis.url })];
    await expect.poll(async () => (await call(one.url, 'GET', '/ready')).status).toBe(200);
    const session = { session_id: 'shared', template: TEXT_TEMPLATE, args: { n: 1 } };
    expect((await call(one.url, 'POST', '/api/session', session)).status).toBe(201);

    const watch = (headers: readonly string[]) => () => readMultipart(two.port, '/stream/shared', headers);
    const watches = [watch([]), watch(AS_AN_IMAGE)].flatMap((each) => Array<typeof each>(10).fill(each));
    const viewers = await Promise.all(watches.map((each) => each()));
    await Promise.all(viewers.map((viewer) => viewer.until('>1<')));
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    const channels = (await client.pubsub('CHANNELS', '*')) as string[];
    // Beside the frames each server hears of revocations.
    expect(channels.sort()).toEqual([expect.stringMatching(/^rsvg:denials:/), expect.stringMatching(/^rsvg:frames:/)]);
    const [denials, frames] = channels as [string, string];
    expect(await client.pubsub('NUMSUB', frames, denials)).toEqual([frames, 1, denials, 2]);

    expect((await call(one.url, 'PUT', '/api/session/shared', { args: { n: 2 } })).status).toBe(200);
    await Promise.all(viewers.map((viewer) => viewer.until('>2<')));
    expect((await call(two.url, 'PATCH', '/api/session/shared', { args: { n: 3 } })).status).toBe(200);
    await Promise.all(viewers.map((viewer) => viewer.until('>3<')));
    expect((await call(one.url, 'GET', '/api/session/shared')).body.args).toEqual({ n: 3 });
  });

  it('share users and the signing key', async () => {
    const redis = await startRedisServer();
    onTestFinished(() => redis.stop());
    const [one, two] = await Promise.all([appForTest({ redisUrl: redis.url }), appForTest({ redisUrl: redis.url })]);
    const credentials = { user_id: 'alice', password: 'correct horse' };
    const { token } = (await call(one.url, 'POST', '/api/auth/token', credentials)).body;
    const path = '/api/user/alice/sessions';
    const list = await call(two.url, 'GET', path, undefined, { authorization: `Bearer ${token}` });
    expect([list.status, list.body]).toEqual([200, { items: [] }]);
    expect((await call(one.url, 'GET', '/.well-known/jwks.json')).body).toEqual(
      (await call(two.url, 'GET', '/.well-known/jwks.json')).body,
    );
  });
});
