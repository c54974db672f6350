import { expect, test } from 'vitest';
import { createDeny } from '../../src/auth/denial.ts';
import { openOperator } from '../../src/open-operator.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { call } from '../harness/api.ts';
import { testConfig } from '../harness/app.ts';
import { silentLog } from '../harness/silent-log.ts';
import { ask, type Nodes, onTwoNodes, refresh, signIn, verdict } from './nodes.ts';

const SOON = { timeout: 4000, interval: 20 };

onTwoNodes('an account', {}, (nodes) => {
  test('that an admin disables is refused everywhere, and let in again by enabling it, but by no old token', async () => {
    await operating(nodes, (operator) => operator.add('root', 'root password', 'admin'));
    const admin = (await signIn(nodes.one, 'root')).accessToken;
    const before = await signIn(nodes.two, 'alice');
    const { createApiKey } = await ask(
      nodes.two,
      'mutation { createApiKey(name: "k") { secret } }',
      before.accessToken,
    );
    expect(await verdict(nodes.two, createApiKey.secret)).toBeNull();

    const disable = (disabled: boolean, token: string, userId = 'alice') =>
      ask(nodes.one, `mutation { disableUser(userId: "${userId}", disabled: ${disabled}) }`, token);
    await expect(disable(true, before.accessToken, 'root')).rejects.toThrow('FORBIDDEN');
    await expect(disable(true, admin, 'root')).rejects.toThrow('BAD_USER_INPUT');
    await expect(disable(true, admin, 'nobody')).rejects.toThrow('NOT_FOUND');
    expect(await disable(true, admin)).toEqual({ disableUser: true });
    for (const token of [before.accessToken, createApiKey.secret]) {
      await expect.poll(() => verdict(nodes.two, token), SOON).toBe('UNAUTHENTICATED');
    }
    await expect(refresh(nodes.two, before.refreshToken)).rejects.toThrow('UNAUTHENTICATED');
    await expect(signIn(nodes.two, 'alice')).rejects.toThrow('UNAUTHENTICATED');
    await expect(signIn(nodes.two, 'alice', 'wrong password')).rejects.toThrow('UNAUTHENTICATED');

    expect(await disable(false, admin)).toEqual({ disableUser: false });
    const after = await signIn(nodes.two, 'alice');
    expect(await verdict(nodes.one, after.accessToken)).toBeNull();
    expect(await verdict(nodes.two, createApiKey.secret)).toBeNull();
    expect(await verdict(nodes.two, before.accessToken)).toBe('UNAUTHENTICATED');
    await expect(refresh(nodes.two, before.refreshToken)).rejects.toThrow('UNAUTHENTICATED');
  });

  test('of which an operator changes the role or the password ends what rested on the old one', async () => {
    const first = await signIn(nodes.one, 'bob');
    await operating(nodes, (operator) => operator.setRole('bob', 'admin'));
    await expect.poll(() => verdict(nodes.two, first.accessToken), SOON).toBe('UNAUTHENTICATED');
    const second = await refresh(nodes.two, first.refreshToken);
    const me = await call(nodes.two.url, 'GET', '/api/auth/me', undefined, {
      authorization: `Bearer ${second.accessToken}`,
    });
    expect(me.body).toEqual({ user_id: 'bob', role: 'admin' });
    await operating(nodes, (operator) => operator.setPassword('bob', 'other password'));
    await expect.poll(() => verdict(nodes.one, second.accessToken), SOON).toBe('UNAUTHENTICATED');
    await expect(signIn(nodes.one, 'bob')).rejects.toThrow('UNAUTHENTICATED');
    expect(await signIn(nodes.one, 'bob', 'other password')).toMatchObject({ created: false });
  });

  test('that is deleted leaves nothing, and its id is kept from others', async () => {
    const { accessToken, refreshToken } = await signIn(nodes.one, 'carol');
    const names = Array.from({ length: 7 }, (_, n) => `session-${n}`);
    const create = (name: string) => `mutation { createSession(input: {name: "${name}", template: "<svg/>"}) { id } }`;
    for (const name of names) await ask(nodes.one, create(name), accessToken);
    const { createApiKey } = await ask(nodes.one, 'mutation { createApiKey(name: "k") { secret } }', accessToken);
    const remove = (password: string) =>
      ask(nodes.one, `mutation { deleteAccount(password: "${password}") }`, accessToken);
    await expect(remove('wrong password')).rejects.toThrow('UNAUTHENTICATED');
    expect(await remove('carol password')).toEqual({ deleteAccount: true });
    for (const token of [accessToken, createApiKey.secret]) {
      await expect.poll(() => verdict(nodes.two, token), SOON).toBe('UNAUTHENTICATED');
    }
    await expect(refresh(nodes.two, refreshToken)).rejects.toThrow('UNAUTHENTICATED');
    for (const name of names) expect((await call(nodes.two.url, 'GET', `/snapshot/carol/${name}`)).status).toBe(404);
    await expect(signIn(nodes.two, 'carol')).rejects.toThrow('UNAUTHENTICATED');
    const { status } = await call(nodes.two.url, 'POST', '/api/auth/register', {
      user_id: 'carol',
      password: 'new password',
    });
    expect(status).toBe(409);
  });

  test('may have an id that looks like a key, a glob or a path, and stays apart from all others', async () => {
    const ids = ['*', '[a-z]*', 'rsvg:account:dave', '{rsvg}', 'sid:x', 'rsvr_dave', '__proto__', 'a:b', 'a', '%2e%2e'];
    const tokens = await Promise.all(
      ids.map(async (user_id) => {
        const { status, body } = await call(nodes.one.url, 'POST', '/api/auth/register', {
          user_id,
          password: 'password of it',
        });
        expect([user_id, status]).toEqual([user_id, 201]);
        return body.token as string;
      }),
    );
    await ask(nodes.one, 'mutation { signOut(everywhere: true) }', tokens[0]);
    for (const [n, token] of tokens.entries()) {
      const { status, body } = await call(nodes.one.url, 'GET', '/api/auth/me', undefined, {
        authorization: `Bearer ${token}`,
      });
      expect([status, body.user_id]).toEqual(n === 0 ? [401, undefined] : [200, ids[n]]);
    }
  });

  test('is not entered with what a crash left half done: a denied sign-in whose record is still there', async () => {
    const { accessToken, refreshToken } = await signIn(nodes.one, 'erin');
    const { signIns } = await ask(nodes.one, '{ signIns { id } }', accessToken);
    const storage = await openStorage({ ...configOf(nodes), log: silentLog });
    try {
      await createDeny(storage.denials)([`sid:${signIns[0].id}`]);
    } finally {
      await storage.close();
    }
    await expect.poll(() => verdict(nodes.two, accessToken), SOON).toBe('UNAUTHENTICATED');
    await expect(refresh(nodes.two, refreshToken)).rejects.toThrow('UNAUTHENTICATED');
    const again = await signIn(nodes.two, 'erin');
    expect((await ask(nodes.two, '{ signIns { current } }', again.accessToken)).signIns).toEqual([{ current: true }]);
  });
});

function configOf({ config }: Nodes) {
  return testConfig(config);
}

/** As the command line does it, in a process of its own. */
async function operating(
  nodes: Nodes,
  work: (operator: Awaited<ReturnType<typeof openOperator>>['operator']) => Promise<unknown>,
): Promise<void> {
  const { operator, close } = await openOperator(configOf(nodes), silentLog);
  try {
    await work(operator);
  } finally {
    await close();
  }
}
