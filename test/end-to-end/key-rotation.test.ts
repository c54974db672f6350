import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PUBLISHED_BEFORE_MS } from '../../src/auth/key-ring.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { call } from '../harness/api.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { startServer } from '../harness/server-process.ts';
import { silentLog } from '../harness/silent-log.ts';
import { command } from '../operator/command.ts';

const DAY_MS = 86_400_000;

async function place(store: 'embedded' | 'Redis') {
  if (store === 'Redis') {
    const redis = await startRedisServer();
    onTestFinished(redis.dispose);
    return { flags: ['--redis-url', redis.url], redisUrl: redis.url, dataDir: ':memory:' };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'rotation-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return { flags: ['--data-dir', dataDir], redisUrl: null, dataDir };
}

async function setup(store: 'embedded' | 'Redis') {
  const { flags, ...where } = await place(store);
  const storage = await openStorage({ ...where, log: silentLog });
  onTestFinished(storage.close);
  const start = () => startServer(...flags, '--demo', 'off', '--rate-limits', 'off');
  const servers = [await start(), await start()];
  const urls = servers.map(({ url }) => url);

  const keys = (...args: string[]) => command(['keys', ...args, ...flags]);
  const jwks = (url = urls[0] ?? '') =>
    call(url, 'GET', '/.well-known/jwks.json').then(({ body }) => body.keys.map(({ kid }: { kid: string }) => kid));
  const me = (url: string, token: string) =>
    call(url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${token}` }).then(({ status }) => status);

  /** As if that much time had passed: all that servers know of it stands in the record. */
  async function pass(ms: number): Promise<void> {
    const standing = (await storage.keys.read()) ?? '';
    const { keys: stored } = JSON.parse(standing);
    for (const key of stored) {
      key.publishedAt -= ms;
      key.signsFrom -= ms;
    }
    if (!(await storage.keys.replace(standing, JSON.stringify({ keys: stored })))) await pass(ms);
  }
  return { urls, keys, jwks, me, pass, storage };
}

describe.each(['embedded', 'Redis'] as const)('two servers on one store: %s', (store) => {
  describe.skipIf(store === 'Redis' && !redisAvailable)('', () => {
    test('keys are rotated under load, twice at once, and no token is refused', async () => {
      const { urls, keys, jwks, me, pass, storage } = await setup(store);
      const [old] = await jwks();

      const tokens = new Map<string, string>();
      const refused: unknown[] = [];
      /** By the server that issued last: which key it signed with. */
      const signers = new Map<string, string>();
      let under = true;
      onTestFinished(() => {
        under = false;
      });
      async function use(userId: string) {
        const credentials = { user_id: userId, password: `${userId} password` };
        let { refresh_token } = (await call(urls[0] ?? '', 'POST', '/api/auth/register', credentials)).body;
        for (let turn = 0; under; turn += 1) {
          const issuer = urls[turn % 2] ?? '';
          const answer = await call(issuer, 'POST', '/api/auth/refresh', { refresh_token });
          if (answer.status !== 200) refused.push(answer.body);
          refresh_token = answer.body.refresh_token;
          const { token } = answer.body;
          const { kid = '' } = decodeProtectedHeader(token);
          signers.set(issuer, kid);
          tokens.set(kid, token);
          // On the other one first: it may never have heard of the key.
          for (const url of urls.toReversed()) {
            const status = await me(url, token);
            if (status !== 200) refused.push([status, url, kid]);
          }
        }
      }
      const load = Promise.all(['alice', 'bob', 'carol'].map(use));
      await expect.poll(() => signers.size).toBe(2);

      const commands = await Promise.all([keys('rotate'), keys('rotate')]);
      expect(commands).toMatchObject([
        { exit: 0, errors: '' },
        { exit: 0, errors: '' },
      ]);
      expect(commands.filter(({ output }) => output.startsWith('A rotation is under way'))).toHaveLength(1);
      const [, kid = '', ...more] = await jwks();
      expect(more).toEqual([]);
      for (const { output } of commands) expect(output).toContain(kid);
      for (const url of urls) expect(await jwks(url)).toEqual([old, kid]);
      expect([...signers.values()]).toEqual([old, old]);

      await pass(PUBLISHED_BEFORE_MS);
      await expect.poll(() => [...signers.values()]).toEqual([kid, kid]);
      const listed = (await keys('list')).output.trim().split('\n');
      expect(listed.map((line) => line.split('\t').slice(0, 2))).toEqual([
        [old, 'retired'],
        [kid, 'signing'],
      ]);

      under = false;
      await load;
      for (const url of urls) for (const token of tokens.values()) expect(await me(url, token)).toBe(200);
      expect([...tokens.keys()].sort()).toEqual([old, kid].sort());
      expect(refused).toEqual([]);

      // Once the last token of the old one has expired it is gone, from the store too.
      await pass(DAY_MS + PUBLISHED_BEFORE_MS);
      for (const url of urls) expect(await jwks(url)).toEqual([kid]);
      await expect.poll(async () => ((await storage.keys.read()) ?? '').includes(old)).toBe(false);
      for (const url of urls) expect(await me(url, tokens.get(kid) ?? '')).toBe(200);
    });

    test('after a leak a new key signs at once, every token ends, and every sign-in goes on', async () => {
      const { urls, keys, jwks, me } = await setup(store);
      const [one = '', two = ''] = urls;
      const credentials = { user_id: 'alice', password: 'correct horse' };
      const { token, refresh_token } = (await call(one, 'POST', '/api/auth/register', credentials)).body;
      expect([await me(one, token), await me(two, token)]).toEqual([200, 200]);
      const [leaked] = await jwks();

      expect(await keys('rotate', '--now')).toMatchObject({ exit: 0, errors: '' });
      for (const url of urls) await expect.poll(() => me(url, token)).toBe(401);
      const renewed = (await call(two, 'POST', '/api/auth/refresh', { refresh_token })).body;
      expect([await me(one, renewed.token), await me(two, renewed.token)]).toEqual([200, 200]);
      for (const url of urls) expect(await jwks(url)).toEqual([decodeProtectedHeader(renewed.token).kid]);
      expect(await jwks()).not.toContain(leaked);
    });
  });
});
