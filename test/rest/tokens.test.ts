import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

const api = (method: string, path: string, body?: unknown, headers?: object) =>
  call(app.url, method, path, body, headers);
const signIn = (body: unknown, path = '/api/auth/token') => api('POST', path, body);

describe('a token', () => {
  it('is RS256 with the claims of the 2025 API, and verifies against the JWKS', async () => {
    const { status, body, headers } = await signIn({ user_id: ' dave ', password: 'correct horse' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    const jwks = await api('GET', '/.well-known/jwks.json');
    expect(jwks.headers.get('cache-control')).toContain('max-age');
    expect(jwks.body.keys).toEqual([
      { kty: 'RSA', n: expect.any(String), e: 'AQAB', alg: 'RS256', use: 'sig', kid: expect.any(String) },
    ]);
    expect((await api('GET', '/api/auth/jwks')).body).toEqual(jwks.body);
    const { payload } = await jwtVerify(body.token, createLocalJWKSet(jwks.body), { issuer: 'realtime-svg' });
    expect(payload).toMatchObject({ sub: 'dave', iss: 'realtime-svg', jti: expect.any(String) });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
    expect(decodeProtectedHeader(body.token)).toMatchObject({ alg: 'RS256', kid: jwks.body.keys[0].kid });
  });

  it('lives as long as asked, 60 to 86,400 seconds', async () => {
    const asked = (ttl_seconds: unknown) => signIn({ user_id: 'erin', password: 'x', ttl_seconds });
    const { token } = (await asked(60)).body;
    const { exp = 0, iat = 0 } = decodeJwt(token);
    expect(exp - iat).toBe(60);
    for (const wrong of [59, 86_401, 1.5, '60', null]) expect((await asked(wrong)).status).toBe(422);
  });

  it.each([
    ['a wrong password', { user_id: 'frank', password: 'wrong' }, 401],
    ['an empty password', { user_id: 'frank', password: '' }, 401],
    ['an empty user id', { user_id: '', password: 'right' }, 401],
    ['a missing password', { user_id: 'frank' }, 422],
    ['a user id with a slash', { user_id: 'a/b', password: 'right' }, 400],
  ])('is refused for %s', async (_what, body, status) => {
    await signIn({ user_id: 'frank', password: 'right' });
    expect((await signIn(body)).status).toBe(status);
    expect((await signIn({ user_id: 'frank', password: 'right' }, '/auth/token')).status).toBe(200);
  });

  it('is claimed by one of many who come at once', async () => {
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((password) => signIn({ user_id: 'race', password })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3);
  });

  it('leaves no secret in the log', async () => {
    const { body } = await signIn({ user_id: 'grace', password: 'sw0rdfish-secret' });
    await signIn({ user_id: 'grace', password: 'another-secret' });
    await api('GET', '/api/user/grace/session', undefined, { authorization: `Bearer ${body.token}x` });
    const log = app.log.join('');
    expect(log).toContain('"event":"token.issued"');
    expect(log).toContain('"reason":"password"');
    expect(log).toContain('"reason":"signature"');
    await api('GET', '/api/user/somebody/session', undefined, { authorization: `Bearer ${body.token}` });
    expect(app.log.join('')).toContain('"event":"forbidden"');
    for (const secret of ['sw0rdfish', 'another-secret', body.token, '"d":', '$argon2']) {
      expect(log).not.toContain(secret);
    }
  });
});
