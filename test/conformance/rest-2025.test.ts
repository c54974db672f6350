import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { made, OWNED, PUBLIC, SIGN_IN } from './rest-2025-facts.ts';

let app: RunningApp;
let token: { authorization: string };
beforeAll(async () => {
  app = await runApp();
  token = await bearer(app.url, 'alice');
  const args = { n: 1, keep: 2 };
  for (const name of ['pub', 'read']) await call(app.url, 'POST', '/api/session', made(name, { args }));
  for (const name of ['own', 'read', 'doomed', 'replaced']) {
    await call(app.url, 'POST', '/api/user/alice/session', made(name, { args }), token);
  }
});
afterAll(() => app.close());

describe.each([
  ['signing in', SIGN_IN],
  ['public sessions', PUBLIC],
  ['owned sessions', OWNED],
])('the REST API of 2025, %s', (_part, facts) => {
  test.each(facts)('$fact', async ({ ask, body, alice, headers, status, answer = null, answerHeaders = {} }) => {
    const [method = '', path = ''] = ask.split(' ');
    const got = await call(app.url, method, path, body, { ...(alice ? token : {}), ...headers });
    expect({ status: got.status, body: got.body }).toEqual({ status, body: answer });
    expect(Object.fromEntries(got.headers)).toMatchObject(answerHeaders);
    if (answer !== null) expect(got.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('the order of checks of the REST API of 2025', () => {
  const flaws = [
    ['the token', 401, { authorization: 'Bearer broken' }],
    ['the content type', 415, { 'content-type': 'text/plain' }],
  ] as const;

  test.each(flaws)('%s comes before JSON, its shape, the owner and the template', async (_what, status, headers) => {
    const got = await call(app.url, 'POST', '/api/user/bob/session', '{', { ...token, ...headers });
    expect(got.status).toBe(status);
  });

  test.each([
    ['JSON', 400, '/api/user/bob/session', '{'],
    ['its shape', 422, '/api/user/bob/session', { session_id: 'x', template: 5 }],
    ['the owner', 403, '/api/user/bob/session', made('x', { template: '{% if %}' })],
    ['the template', 422, '/api/user/alice/session', made('x', { template: '{% if %}' })],
  ])('%s comes next', async (_what, status, path, body) => {
    expect((await call(app.url, 'POST', path, body, token)).status).toBe(status);
  });
});
