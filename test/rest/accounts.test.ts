import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

const PASSWORD = 'correct horse';
let users = 0;
const newUser = () => `user-${++users}`;

describe.each(['/api/auth', '/auth'])('under %s', (prefix) => {
  const post = (path: string, body?: unknown, headers?: object) => call(app.url, 'POST', prefix + path, body, headers);
  const register = (user_id: string, password = PASSWORD) => post('/register', { user_id, password });
  const me = (token: string) => call(app.url, 'GET', `${prefix}/me`, undefined, { authorization: `Bearer ${token}` });

  it('registers, and answers tokens of 15 minutes and 7 days that nobody keeps', async () => {
    const user_id = newUser();
    const { status, body, headers } = await register(user_id);
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      ...{ user_id, token_type: 'Bearer', expires_in: 900 },
      ...{ token: expect.any(String), refresh_token: expect.stringMatching(/^rsvr_\w+$/) },
    });
    const { iat = 0, exp } = decodeJwt(body.token);
    expect(exp).toBe(iat + 900);
    expect((await me(body.token)).body).toEqual({ user_id, role: 'user' });
  });

  it('registers nobody twice, and no weak password', async () => {
    const user_id = newUser();
    expect((await register(user_id, 'seven77')).status).toBe(400);
    expect((await register(user_id)).status).toBe(201);
    expect(await register(user_id, 'another password')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await post('/login', { user_id, password: 'another password' })).status).toBe(401);
    expect((await register('a/b')).status).toBe(400);
    expect((await post('/register', { user_id })).status).toBe(422);
  });

  it('signs in whom it knows, and claims nothing by that', async () => {
    const user_id = newUser();
    const unknown = await post('/login', { user_id, password: PASSWORD });
    expect(unknown).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    await register(user_id);
    const wrong = await post('/login', { user_id, password: 'a wrong guess' });
    expect(wrong.body).toEqual(unknown.body);
    const { status, body } = await post('/login', { user_id, password: PASSWORD });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['expires_in', 'refresh_token', 'token', 'token_type', 'user_id']);
    for (const missing of [{ user_id }, { password: PASSWORD }, {}]) {
      expect((await post('/login', missing)).status).toBe(422);
    }
  });

  it('gives the next pair for a refresh token, and the same pair to whoever asks twice at once', async () => {
    const { body: first } = await register(newUser());
    const refresh = () => post('/refresh', { refresh_token: first.refresh_token });
    const [one, two] = await Promise.all([refresh(), refresh()]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.body).toEqual(one.body);
    expect(one.body.refresh_token).not.toBe(first.refresh_token);
    expect(decodeJwt(one.body.token).sid).toBe(decodeJwt(first.token).sid);
    expect((await me(one.body.token)).status).toBe(200);
    const next = await post('/refresh', { refresh_token: one.body.refresh_token });
    expect(next.status).toBe(200);
  });

  it.each(['', 'rsvr_', 'nonsense', 'rsvg_0', 'x'.repeat(5000)])(
    'refuses %j as a refresh token',
    async (refresh_token) => {
      expect(await post('/refresh', { refresh_token })).toMatchObject({
        status: 401,
        body: { code: 'UNAUTHENTICATED' },
      });
    },
  );

  it('signs out by the access token', async () => {
    const { body } = await register(newUser());
    const authorization = { authorization: `Bearer ${body.token}` };
    const { status, text } = await post('/logout', undefined, authorization);
    expect([status, text]).toEqual([204, '']);
    expect(await me(body.token)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect((await post('/refresh', { refresh_token: body.refresh_token })).status).toBe(401);
    expect((await post('/logout', undefined, authorization)).status).toBe(401);
  });

  it('signs out by the refresh token alone', async () => {
    const { body } = await register(newUser());
    expect((await post('/logout', { refresh_token: body.refresh_token })).status).toBe(204);
    expect((await me(body.token)).status).toBe(401);
    // RFC 7009, section 2.2: what is not valid any more needs no revoking.
    expect((await post('/logout', { refresh_token: body.refresh_token })).status).toBe(204);
    expect((await post('/logout')).status).toBe(401);
    expect((await post('/logout', { refresh_token: 1 })).status).toBe(422);
  });

  it('tells nobody who it is without a token', async () => {
    const { status, headers } = await call(app.url, 'GET', `${prefix}/me`);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="realtime-svg"');
  });
});

describe('a token for an API key', () => {
  async function makeKey() {
    const user_id = newUser();
    const { body } = await call(app.url, 'POST', '/api/auth/register', { user_id, password: PASSWORD });
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${body.token}` },
      body: JSON.stringify({ query: 'mutation { createApiKey(name: "station") { secret } }' }),
    });
    const { data } = (await response.json()) as { data: { createApiKey: { secret: string } } };
    return { user_id, api_key: data.createApiKey.secret };
  }

  it.each(['/api/auth/token', '/auth/token'])('lives an hour, from %s', async (path) => {
    const { user_id, api_key } = await makeKey();
    const { status, body } = await call(app.url, 'POST', path, { api_key });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user_id, role: 'user', expires_in: 3600, token: expect.any(String) });
    const { iat = 0, exp } = decodeJwt(body.token);
    expect(exp).toBe(iat + 3600);
  });

  it.each([
    ['/auth/token', {}, 400],
    ['/auth/token', { api_key: '' }, 400],
    ['/auth/token', { api_key: 'rsvg_wrong' }, 401],
    ['/auth/token', { user_id: 'x' }, 422],
    ['/api/auth/token', {}, 422],
    ['/api/auth/token', { api_key: '' }, 401],
    ['/api/auth/token', { api_key: 'rsvg_wrong' }, 401],
    ['/api/auth/token', { api_key: 7 }, 422],
  ])('%s with %j is %i', async (path, body, status) => {
    expect((await call(app.url, 'POST', path, body)).status).toBe(status);
  });
});
