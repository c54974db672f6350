import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { ask, onTwoNodes, signIn, verdict } from './nodes.ts';

const SOON = { timeout: 4000, interval: 20 };

onTwoNodes('an API key', {}, (nodes) => {
  async function makeKey(token: string, args: string) {
    const fields = 'apiKey { id name scopes expiresAt lastUsedAt } secret';
    return (await ask(nodes.one, `mutation { createApiKey(${args}) { ${fields} } }`, token)).createApiKey;
  }
  const exchange = (secret: string) => call(nodes.two.url, 'POST', '/auth/token', { api_key: secret });

  test('is shown once, works as Bearer and by exchange on every server, and is noted when used', async () => {
    const { accessToken } = await signIn(nodes.one, 'alice');
    const { apiKey, secret } = await makeKey(accessToken, 'name: " build bot "');
    expect(apiKey).toEqual({
      ...{ id: expect.stringMatching(/^[a-z0-9]{16}$/), name: 'build bot', scopes: ['all'] },
      ...{ expiresAt: null, lastUsedAt: null },
    });
    expect(await verdict(nodes.two, secret)).toBeNull();
    const { status, body } = await exchange(secret);
    expect([status, body]).toEqual([
      200,
      { token: expect.any(String), token_type: 'Bearer', expires_in: 3600, user_id: 'alice', role: 'user' },
    ]);
    expect(decodeJwt(body.token)).toMatchObject({ sub: 'alice', sid: apiKey.id });
    expect(await verdict(nodes.one, body.token)).toBeNull();
    const listed = async () => (await ask(nodes.one, '{ apiKeys { id lastUsedAt } }', accessToken)).apiKeys;
    await expect.poll(listed, SOON).toEqual([{ id: apiKey.id, lastUsedAt: expect.any(String) }]);
    expect(JSON.stringify([nodes.one.log, nodes.two.log])).not.toContain(secret);
  });

  test('makes no other keys, which would outlive it', async () => {
    const { accessToken } = await signIn(nodes.one, 'dora');
    const { secret } = await makeKey(accessToken, 'name: "leaked"');
    const { body } = await exchange(secret);
    for (const token of [secret, body.token]) {
      await expect(makeKey(token, 'name: "child"')).rejects.toThrow('FORBIDDEN');
    }
    expect(await ask(nodes.one, '{ apiKeys { name } }', accessToken)).toEqual({ apiKeys: [{ name: 'leaked' }] });
  });

  test('ends everywhere with all tokens that it was exchanged for when it is revoked', async () => {
    const { accessToken } = await signIn(nodes.one, 'bob');
    const { apiKey, secret } = await makeKey(accessToken, 'name: "k"');
    const exchanged: string = (await exchange(secret)).body.token;
    for (const signOut of ['mutation { signOut }', 'mutation { signOut(everywhere: true) }']) {
      for (const token of [secret, exchanged]) {
        await expect(ask(nodes.one, signOut, token)).rejects.toThrow('FORBIDDEN');
      }
    }
    for (const token of [secret, exchanged]) expect(await verdict(nodes.two, token)).toBeNull();
    const revoke = `mutation { revokeApiKey(id: "${apiKey.id}") }`;
    const { accessToken: stranger } = await signIn(nodes.one, 'stranger');
    await expect(ask(nodes.one, revoke, stranger)).rejects.toThrow('NOT_FOUND');
    await ask(nodes.one, revoke, accessToken);
    for (const token of [secret, exchanged]) {
      expect(await verdict(nodes.one, token)).toBe('UNAUTHENTICATED');
      await expect.poll(() => verdict(nodes.two, token), SOON).toBe('UNAUTHENTICATED');
    }
    expect((await exchange(secret)).status).toBe(401);
    expect(await verdict(nodes.two, accessToken)).toBeNull();
    await expect(ask(nodes.one, revoke, accessToken)).rejects.toThrow('NOT_FOUND');
  });

  test('that only pushes changes the args of its sessions and does nothing else', async () => {
    const { accessToken } = await signIn(nodes.one, 'carol');
    const create = (name: string, more = '') =>
      `mutation { createSession(input: {name: "${name}", template: "<svg>{{ n }}</svg>"${more}}) { id } }`;
    for (const name of ['mine', 'other']) await ask(nodes.one, create(name), accessToken);
    for (const name of ['board', 'wall']) await ask(nodes.one, create(name, ', public: true'));
    const { apiKey, secret } = await makeKey(accessToken, 'name: "ticker", scopes: ["push:carol/mine", "push:board"]');
    expect(apiKey.scopes).toEqual(['push:carol/mine', 'push:board']);
    const update = (id: string, change: string) =>
      `mutation { updateSession(input: {id: "${id}", ${change}}) { version } }`;
    for (const token of [secret, (await exchange(secret)).body.token]) {
      for (const id of ['carol/mine', 'board']) await ask(nodes.two, update(id, 'patch: {n: 1}'), token);
      for (const forbidden of [
        update('carol/other', 'patch: {n: 1}'),
        update('wall', 'patch: {n: 1}'),
        update('carol/mine', 'template: "<svg/>"'),
        update('carol/mine', 'ttlSeconds: 60, args: {}'),
        'mutation { deleteSession(id: "carol/mine") }',
        create('third'),
        create('third', ', public: true'),
        '{ sessions { edges { cursor } } }',
        '{ session(id: "carol/mine") { template } }',
        '{ apiKeys { id } }',
        '{ signIns { id } }',
        'mutation { createApiKey(name: "all") { secret } }',
        `mutation { revokeApiKey(id: "${apiKey.id}") }`,
        'mutation { signOut(everywhere: true) }',
        'mutation { deleteAccount(password: "carol password") }',
        'mutation { changePassword(current: "carol password", next: "next password") }',
      ]) {
        await expect(ask(nodes.two, forbidden, token), forbidden).rejects.toThrow('FORBIDDEN');
      }
    }
  });

  test('is refused when it was mistyped, cut, or belongs to nobody, and before it can be made wrongly', async () => {
    const { accessToken } = await signIn(nodes.one, 'dave');
    const { secret } = await makeKey(accessToken, 'name: "k"');
    const wrongSecret = secret.slice(0, 40) + 'a'.repeat(secret.length - 40);
    for (const wrong of ['rsvg_', secret.slice(0, -1), wrongSecret, secret.toUpperCase()]) {
      expect(await verdict(nodes.one, wrong)).toBe('UNAUTHENTICATED');
    }
    for (const [args, code] of [
      ['name: " "', 'BAD_USER_INPUT'],
      [`name: "${'n'.repeat(101)}"`, 'BAD_USER_INPUT'],
      ['name: "k", scopes: []', 'BAD_USER_INPUT'],
      ['name: "k", scopes: ["read"]', 'BAD_USER_INPUT'],
      ['name: "k", scopes: ["all", "push:x"]', 'BAD_USER_INPUT'],
      ['name: "k", scopes: ["push:"]', 'BAD_USER_INPUT'],
      ['name: "k", scopes: ["push:*/x"]', 'FORBIDDEN'],
      ['name: "k", scopes: ["push:alice/x"]', 'FORBIDDEN'],
      ['name: "k", expiresAt: "2001-01-01T00:00:00Z"', 'BAD_USER_INPUT'],
    ] as const) {
      await expect(makeKey(accessToken, args), args).rejects.toThrow(code);
    }
  });

  test('ends at its time, and tokens that it was exchanged for end with it', async () => {
    const { accessToken } = await signIn(nodes.one, 'erin');
    const expiresAt = new Date(Date.now() + 3000);
    const { secret } = await makeKey(accessToken, `name: "k", expiresAt: "${expiresAt.toISOString()}"`);
    const { token } = (await exchange(secret)).body;
    expect((decodeJwt(token).exp ?? 0) * 1000).toBeLessThan(expiresAt.getTime() + 2000);
    expect(await verdict(nodes.one, secret)).toBeNull();
    await expect.poll(() => verdict(nodes.one, secret), { timeout: 6000 }).toBe('UNAUTHENTICATED');
    await expect.poll(() => verdict(nodes.one, token), { timeout: 6000 }).toBe('UNAUTHENTICATED');
    expect((await exchange(secret)).status).toBe(401);
  });
});
