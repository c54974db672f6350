import { decodeProtectedHeader } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRevocations } from '../../src/auth/revocations.ts';
import { createTemplates } from '../../src/rendering/templates.ts';
import { recentlyConfirmedWrites } from '../../src/sessions/recently-confirmed-writes.ts';
import { createSessions } from '../../src/sessions/sessions.ts';
import { openEmbeddedStorage } from '../../src/storage/embedded/embedded-storage.ts';
import { openRedisStorage } from '../../src/storage/redis/redis-storage.ts';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { ANONYMOUS, callerOf, grantOf } from '../harness/callers.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { ask, signIn, verdict } from './nodes.ts';

const BACK = { timeout: 15_000, interval: 50 };

async function startServer() {
  const redis = await startRedisServer();
  onTestFinished(redis.dispose);
  return redis;
}

describe.skipIf(!redisAvailable)('while Redis is away', () => {
  test('tokens are verified, revoked ones refused, and a Redis that comes back empty is given the list again', async () => {
    const redis = await startServer();
    const [one, two] = [await appForTest({ redisUrl: redis.url }), await appForTest({ redisUrl: redis.url })];
    const [remembered, fresh, revoked] = [
      await signIn(one, 'alice'),
      await signIn(one, 'alice'),
      await signIn(one, 'alice'),
    ];
    for (const { accessToken } of [remembered, revoked]) expect(await verdict(two, accessToken)).toBeNull();
    await ask(one, 'mutation { signOut }', revoked.accessToken);
    await expect.poll(() => verdict(two, revoked.accessToken), BACK).toBe('UNAUTHENTICATED');
    const { signIns } = await ask(one, '{ signIns { id } }', remembered.accessToken);

    await redis.stop();
    const states = async () => Promise.all([remembered, fresh, revoked].map((pair) => verdict(two, pair.accessToken)));
    expect(await states()).toEqual([null, null, 'UNAUTHENTICATED']);
    const ready = await call(two.url, 'GET', '/ready');
    expect([ready.status, ready.body]).toMatchObject([
      503,
      { reason: 'store', revocationsAgeSeconds: expect.any(Number) },
    ]);
    await expect(ask(two, 'mutation { signOut }', fresh.accessToken)).rejects.toThrow('UNAVAILABLE');
    expect(await states()).toEqual([null, null, 'UNAUTHENTICATED']);

    // It keeps nothing, so it comes back empty.
    await redis.restart();
    for (const { url } of [one, two])
      await expect.poll(async () => (await call(url, 'GET', '/ready')).status, BACK).toBe(200);
    expect(await states()).toEqual([null, null, 'UNAUTHENTICATED']);
    expect(await verdict(one, revoked.accessToken)).toBe('UNAUTHENTICATED');
    const storage = await openRedisStorage({ url: redis.url, log: silentLog });
    onTestFinished(storage.close);
    const subjects = async () => (await storage.denials.load(0)).denials.map(({ subject }) => subject);
    await expect.poll(subjects, BACK).toHaveLength(1);
    // Nor does a new key take the place of the one that signed them.
    const { kid = '' } = decodeProtectedHeader(fresh.accessToken);
    await expect.poll(() => storage.keys.read(), BACK).toContain(kid);
    expect(signIns.map(({ id }: { id: string }) => `sid:${id}`)).not.toContain((await subjects())[0]);

    // What is denied from now on reaches both again.
    await storage.denials.deny([{ subject: `sid:${signIns[0].id}`, until: Date.now() + 60_000 }]);
    const refused = async () => (await states()).filter((code) => code !== null).length;
    await expect.poll(refused, BACK).toBe(2);
  });

  test('for fifteen minutes, what is signed in writes nothing, and reads and strangers go on', async () => {
    const redis = await startServer();
    const denials = await openRedisStorage({ url: redis.url, log: silentLog });
    onTestFinished(denials.close);
    const storage = await openEmbeddedStorage({ dataDir: ':memory:' });
    onTestFinished(storage.close);
    let lead = 0;
    const revocations = createRevocations(denials.denials, silentLog, { elapsed: () => performance.now() + lead });
    onTestFinished(revocations.close);
    const templates = createTemplates({ maxFrameBytes: 10_000, maxSteps: 1000 });
    const limits = { maxTemplateBytes: 1000, maxArgsBytes: 1000 };
    const sessions = recentlyConfirmedWrites(createSessions(storage.sessions, templates, limits), revocations);
    const alice = callerOf('alice');
    const content = { template: '<svg/>', args: {} };
    const id = { owner: 'alice', name: 'mine' };
    expect(await revocations.check(grantOf('alice'))).toBe(false);
    await sessions.create(alice, { ...content, name: 'mine', public: false });

    await redis.stop();
    await expect(denials.ping()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    lead = 14 * 60_000;
    await sessions.update(alice, id, { args: { n: 1 } });
    lead = 15 * 60_000 + 1000;
    const refused = { code: 'UNAVAILABLE', message: expect.stringContaining('revoked') };
    await expect(sessions.update(alice, id, { args: {} })).rejects.toMatchObject(refused);
    await expect(sessions.replace(alice, id, content)).rejects.toMatchObject(refused);
    await expect(sessions.create(alice, { ...content, public: true })).rejects.toMatchObject(refused);
    await expect(sessions.delete(alice, id, null)).rejects.toMatchObject(refused);
    expect((await sessions.source(alice, id)).version).toBe(2);
    await sessions.create(ANONYMOUS, { ...content, public: true });
    expect(await revocations.check(grantOf('alice'))).toBe(false);

    await redis.restart();
    await expect
      .poll(() => sessions.update(alice, id, { args: {} }).catch(({ code }) => code), BACK)
      .toMatchObject({ version: 3 });
  });
});
