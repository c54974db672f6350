import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { openOperator } from '../../src/open-operator.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { runApp, testConfig } from '../harness/app.ts';
import { startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';
import { FORGERIES, privateKeyOf } from '../matrix/forged-tokens.ts';
import type { CallerKind } from './operations.ts';

export type AccessWorld = Awaited<ReturnType<typeof openAccessWorld>>;

const passwordOf = (userId: string) => `${userId} pass`;

async function openPlace(store: 'embedded' | 'Redis') {
  if (store === 'embedded') {
    const dataDir = mkdtempSync(join(tmpdir(), 'access-'));
    return {
      config: { dataDir, redisUrl: null },
      dispose: async () => rmSync(dataDir, { recursive: true, force: true }),
    };
  }
  const redis = await startRedisServer();
  return { config: { redisUrl: redis.url }, dispose: redis.dispose };
}

/** A running server with one caller of each kind, and what they are to try their rights on. */
export async function openAccessWorld(store: 'embedded' | 'Redis') {
  const place = await openPlace(store);
  const record = JSON.stringify(
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  );
  const storage = await openStorage({ ...testConfig(place.config), log: silentLog });
  await storage.keys.offer(record);
  await storage.close();
  const { operator, close } = await openOperator(testConfig(place.config), silentLog);
  for (const userId of ['owner', 'other', 'admin', 'bystander', 'disabled', 'revoked']) {
    await operator.add(userId, passwordOf(userId), userId === 'admin' ? 'admin' : 'user');
  }
  await close();
  const app = await runApp(place.config);

  // biome-ignore lint/suspicious/noExplicitAny: whatever was asked for.
  async function graphql(query: string, authorization?: string): Promise<any> {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({ query }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  async function signIn(userId: string) {
    const fields = `userId: "${userId}", password: "${passwordOf(userId)}"`;
    const { issueToken } = await graphql(`mutation { issueToken(${fields}) { accessToken refreshToken } }`);
    return { authorization: `Bearer ${issueToken.accessToken}`, refreshToken: String(issueToken.refreshToken) };
  }

  async function makeKey(scopes: string) {
    const { createApiKey } = await graphql(
      `mutation { createApiKey(name: "key", scopes: ${scopes}) { secret apiKey { id } } }`,
      standing.owner,
    );
    return { secret: String(createApiKey.secret), id: String(createApiKey.apiKey.id) };
  }

  async function makeSession(name: string, isPublic: boolean) {
    const input = `name: "${name}", public: ${isPublic}, template: ${JSON.stringify(TEXT_TEMPLATE)}, args: {n: 0}`;
    await graphql(`mutation { createSession(input: {${input}}) { id } }`, standing.owner);
    return name;
  }

  const tokenOf = async (userId: string) => (await signIn(userId)).authorization;
  const standing = {
    ...{ owner: await tokenOf('owner'), other: await tokenOf('other'), admin: await tokenOf('admin') },
    ...{ revoked: await tokenOf('revoked'), disabled: await tokenOf('disabled') },
    expired: FORGERIES.expired(privateKeyOf(record)),
  };
  await graphql('mutation { signOut }', standing.revoked);
  await graphql('mutation { disableUser(userId: "disabled") }', standing.admin);
  await makeSession('named', false);
  await makeSession('open', true);
  const pushOnly = `Bearer ${(await makeKey('["push:owner/named"]')).secret}`;
  let made = 0;

  return {
    port: app.port,

    /** @param anew a token that nobody else uses, for what ends it */
    async authorization(caller: CallerKind, anew: boolean): Promise<string | undefined> {
      if (caller === 'anonymous') return undefined;
      if (caller === 'push-only key') return pushOnly;
      const isUser = caller === 'owner' || caller === 'other' || caller === 'admin';
      return anew && isUser ? tokenOf(caller) : standing[caller];
    },

    /** Makes what the text names, and returns how to name it. */
    async prepare(text: string): Promise<(text: string) => string> {
      made += 1;
      const names = new Map<string, string>();
      if (text.includes('TARGET')) names.set('TARGET', await makeSession(`target-${made}`, false));
      if (text.includes('PUBLIC')) names.set('PUBLIC', await makeSession(`public-${made}`, true));
      if (text.includes('REFRESH')) names.set('REFRESH', (await signIn('bystander')).refreshToken);
      if (text.includes('SIGNIN'))
        names.set('SIGNIN', String(decodeJwt((await signIn('owner')).authorization.slice('Bearer '.length)).sid));
      if (/KEY|SECRET/.test(text)) {
        const key = await makeKey('["all"]');
        names.set('KEY', key.id).set('SECRET', key.secret);
        made += 1;
      }
      return (filled) => [...names].reduce((result, [name, value]) => result.replaceAll(name, value), filled);
    },

    async close() {
      await app.close();
      await place.dispose();
    },
  };
}
