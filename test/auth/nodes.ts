import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Config } from '../../src/config/settings.ts';
import { createClient } from '../graphql/client.ts';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';

export interface Nodes {
  readonly one: RunningApp;
  readonly two: RunningApp;
  /** Where their store is. */
  readonly config: Partial<Config>;
}

async function place(store: 'embedded' | 'Redis') {
  if (store === 'Redis') {
    const redis = await startRedisServer();
    return { config: { redisUrl: redis.url }, dispose: redis.dispose };
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'nodes-'));
  return { config: { dataDir }, dispose: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** The same tests on each store, with two servers on one store. */
export function onTwoNodes(what: string, overrides: Partial<Config>, tests: (nodes: Nodes) => void): void {
  describe.each(['embedded', 'Redis'] as const)(`${what}, two servers on one store: %s`, (store) => {
    describe.skipIf(store === 'Redis' && !redisAvailable)('', () => {
      const nodes: { -readonly [Name in keyof Nodes]: Nodes[Name] } = { one: absent, two: absent, config: {} };
      const leftovers: (() => Promise<void>)[] = [];
      beforeAll(async () => {
        const { config, dispose } = await place(store);
        leftovers.push(dispose);
        nodes.config = config;
        for (const name of ['one', 'two'] as const) {
          nodes[name] = await runApp({ ...overrides, ...config });
          leftovers.push(nodes[name].close);
        }
      });
      afterAll(async () => {
        for (const dispose of leftovers.reverse()) await dispose();
      });
      tests(nodes);
    });
  });
}

const absent = null as unknown as RunningApp;

/** One mutation or query; rejects with its code. */
export async function ask(app: RunningApp, query: string, token?: string) {
  const { data, codes } = await createClient(`${app.url}/graphql`, token)(query);
  if (codes.length > 0) throw new Error(codes.join());
  return data;
}

/** `UNAUTHENTICATED` and the like, or null if the token is good. */
export async function verdict(app: RunningApp, token: string): Promise<string | null> {
  const { body, status } = await call(app.url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${token}` });
  return status === 200 ? null : body.code;
}

export interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Claims or enters the id. */
export async function signIn(app: RunningApp, userId: string, password = `${userId} password`): Promise<Pair> {
  const fields = 'accessToken refreshToken expiresIn created';
  const query = `mutation { issueToken(userId: "${userId}", password: "${password}") { ${fields} } }`;
  return (await ask(app, query)).issueToken;
}

export async function refresh(app: RunningApp, refreshToken: string): Promise<Pair> {
  const query = `mutation { refreshToken(refreshToken: "${refreshToken}") { accessToken refreshToken expiresIn } }`;
  return (await ask(app, query)).refreshToken;
}
