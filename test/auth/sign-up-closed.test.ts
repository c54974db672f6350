import { expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { onTwoNodes, signIn } from './nodes.ts';

onTwoNodes('with SIGNUP=closed', { signup: 'closed' }, (nodes) => {
  const post = (path: string, userId: string, password: string) =>
    call(nodes.one.url, 'POST', path, { user_id: userId, password });

  test('nobody gets an account, and an unknown user is told what a wrong password is told', async () => {
    const unknown = await post('/api/auth/token', 'nobody', 'any password');
    expect([unknown.status, unknown.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await post('/api/auth/login', 'nobody', 'any password')).body).toEqual(unknown.body);
    await expect(signIn(nodes.one, 'nobody')).rejects.toThrow('UNAUTHENTICATED');
    const { status, body } = await post('/api/auth/register', 'nobody', 'any password');
    expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  });
});
