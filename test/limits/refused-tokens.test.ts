import { describe, expect, test } from 'vitest';
import { makeOpaqueToken, newOpaqueId, newSecret } from '../../src/auth/opaque-token.ts';
import { createClient } from '../graphql/client.ts';
import { call } from '../harness/api.ts';
import { DEPLOYMENTS, limitedNodes, signIn, skipped } from './limited-nodes.ts';

const HERE = '127.0.0.1';
const guessed = () => makeOpaqueToken('API key', { uid: newOpaqueId(), id: newOpaqueId(), secrets: [newSecret()] });

describe.each(DEPLOYMENTS)('on %s', (_, onRedis) => {
  test.skipIf(skipped(onRedis))(
    'after sixty API keys that are not valid no other is looked up for a while',
    async () => {
      const [app] = await limitedNodes(onRedis);
      const { token } = (await signIn(app, 'alice', HERE)).body;
      const asAlice = createClient(`${app.url}/graphql`, token);
      const { secret } = (await asAlice('mutation { createApiKey(name: "k") { secret } }')).data.createApiKey;
      const me = (key: string) => call(app.url, 'GET', '/api/auth/me', undefined, { authorization: `Bearer ${key}` });
      expect((await me(secret)).body.user_id).toBe('alice');
      for (let n = 0; n < 60; n += 1) expect((await me(guessed())).status).toBe(401);
      await expect.poll(async () => (await me(guessed())).status).toBe(429);
      expect((await me(guessed())).body).toMatchObject({ limit: 'refusedTokensPerAddress', max: 60 });
      expect((await me(secret)).body.user_id).toBe('alice');
      expect((await me(token)).body.user_id).toBe('alice');
    },
  );
});
