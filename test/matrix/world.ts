import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { POLICIES } from '../../src/limits/policies.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { bearer } from '../harness/api.ts';
import { runApp } from '../harness/app.ts';
import { openMultipart } from '../harness/multipart-reader.ts';
import { startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { begin, open } from '../storage/backend.ts';
import { type Case, KEPT, TEMPLATE } from './case.ts';
import { FORGERIES, type Forgery, genuine, privateKeyOf } from './forged-tokens.ts';
import { exchange } from './request.ts';

export const STORES = ['embedded', 'Redis'] as const;
export type Store = (typeof STORES)[number];

const FRAGILE = '<svg xmlns="http://www.w3.org/2000/svg">{% if bad %}{{ 1 | list }}{% endif %}</svg>';

/** Where the data lives: a folder rather than `:memory:`, so that a test can put into it what no client can. */
async function openPlace(store: Store) {
  if (store === 'embedded') {
    const dataDir = mkdtempSync(join(tmpdir(), 'matrix-'));
    const dispose = async () => rmSync(dataDir, { recursive: true, force: true });
    return { config: { dataDir, redisUrl: null }, away: null, dispose };
  }
  const redis = await startRedisServer({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] });
  async function away<T>(work: () => Promise<T>): Promise<T> {
    await redis.stop();
    try {
      return await work();
    } finally {
      await redis.restart();
    }
  }
  return { config: { dataDir: ':memory:', redisUrl: redis.url }, away, dispose: redis.dispose };
}

/** A running app with users, sessions and open viewers, that can tell whether anything has changed. */
export async function openWorld(store: Store) {
  const place = await openPlace(store);
  const record = JSON.stringify(
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  );
  const storage = await openStorage({ ...place.config, log: silentLog });
  await storage.keys.offer(record);
  // Args that no client can store: whoever reads them meets a bug.
  await storage.sessions.write(begin(open('damaged'), { args: 'no JSON' }));
  await storage.close();
  const key = privateKeyOf(record);
  const app = await runApp(place.config);
  const { port } = app;
  const [alice, mallory] = [await bearer(app.url, 'alice'), await bearer(app.url, 'mallory')];
  const headers = { 'content-type': 'application/json', ...alice };
  const json = (method: string, path: string, body?: object) =>
    exchange(port, { method, path, headers, ...(body ? { body: JSON.stringify(body) } : {}) });

  for (const [session_id, template] of [
    ['kept', TEMPLATE],
    ['fragile', FRAGILE],
    ['Am\u00e9lie', TEMPLATE],
  ] as const) {
    expect(await json('POST', '/api/session', { session_id, template, args: { n: 0 } })).toMatchObject({ status: 201 });
  }
  for (const session_id of ['kept', 'gone']) {
    await json('POST', '/api/user/alice/session', { session_id, template: TEMPLATE, args: { n: 0 } });
  }
  await json('DELETE', '/api/user/alice/session/gone');

  const watched = await Promise.all(
    Object.values(KEPT).map(async (id) => {
      const path = id === KEPT.public ? '/api/session/kept' : '/api/user/alice/session/kept';
      const viewer = await openMultipart(port, `/stream/${id}?fps=120&keep_alive=0`);
      await viewer.until('>0<');
      return { path, viewer, standing: await json('GET', path) };
    }),
  );
  const versionOf = (etag: string) => Number(/\.(\d+)"$/.exec(etag)?.[1]);
  let fences = 0;

  /** The next write is the next version, and the next picture of every viewer: nothing came between. */
  async function fence() {
    const n = `fence ${++fences}`;
    await Promise.all(
      watched.map(async (each) => {
        const written = await json('PUT', each.path, { args: { n } });
        expect(versionOf(written.etag)).toBe(versionOf(each.standing.etag) + 1);
        expect((await each.viewer.next())?.trimEnd()).toBe(TEMPLATE.replace('{{ n }}', n));
        each.standing = await json('GET', each.path);
      }),
    );
  }

  return {
    port,
    log: app.log,
    json,
    /** null: this store cannot be out of reach. */
    away: place.away,
    untilStoreAnswers: () =>
      expect.poll(async () => (await json('GET', '/ready')).status, { timeout: 15_000 }).toBe(200),

    /** Of a server with rate limits on the same store, where nobody here may make a session any more. */
    async spentPort(): Promise<number> {
      const limited = await runApp({ ...place.config, rateLimits: true });
      onTestFinished(limited.close);
      const { points } = POLICIES.anonymousSessionsPerAddress;
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ session_id: 'unmade', template: 'no picture' });
      for (let n = 0; n < points; n += 1) {
        const answer = await exchange(limited.port, { method: 'POST', path: '/api/session', headers, body });
        expect(answer.status).toBe(422);
      }
      return limited.port;
    },

    authorization(as: Case['as'] = 'alice'): string | undefined {
      if (as === 'nobody') return undefined;
      if (as === 'alice') return genuine(key);
      return as === 'mallory' ? mallory.authorization : FORGERIES[as satisfies Forgery](key);
    },

    /** Both sessions stand as they stood, and every viewer sees what it saw. */
    async expectUnchanged() {
      for (const { path, standing } of watched) expect(await json('GET', path)).toEqual(standing);
      await fence();
    },

    /** The public session was written once, and its viewers see this. */
    async expectShown(part: string) {
      const [each] = watched;
      if (each === undefined) throw new Error('nothing is watched');
      expect(await each.viewer.next()).toContain(part);
      const now = await json('GET', each.path);
      expect(versionOf(now.etag)).toBe(versionOf(each.standing.etag) + 1);
      each.standing = now;
      await fence();
    },

    async close() {
      for (const { viewer } of watched) viewer.close();
      await app.close();
      await place.dispose();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
