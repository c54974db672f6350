import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { made, OWNED, PUBLIC, SIGN_IN } from '../conformance/rest-2025-facts.ts';
import { bearer, call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';

const files = pemFolder();
const { cert, key } = makeSelfSigned();

let app: RunningApp;
let token: { authorization: string };
beforeAll(async () => {
  app = await runApp({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
  token = await bearer(app.url, 'alice');
  const args = { n: 1, keep: 2 };
  for (const name of ['pub', 'read']) await call(app.url, 'POST', '/api/session', made(name, { args }));
  for (const name of ['own', 'read', 'doomed', 'replaced']) {
    await call(app.url, 'POST', '/api/user/alice/session', made(name, { args }), token);
  }
});
afterAll(async () => {
  await app.close();
  files.remove();
});

describe.each([
  ['signing in', SIGN_IN],
  ['public sessions', PUBLIC],
  ['owned sessions', OWNED],
])('the REST API of 2025 over HTTP/2, %s', (_part, facts) => {
  test.each(facts)('$fact', async ({ ask, body, alice, headers, status, answer = null, answerHeaders = {} }) => {
    const [method = '', path = ''] = ask.split(' ');
    const got = await call(app.url, method, path, body, { ...(alice ? token : {}), ...headers });
    expect({ status: got.status, body: got.body }).toEqual({ status, body: answer });
    expect(Object.fromEntries(got.headers)).toMatchObject(answerHeaders);
  });
});
