import { createClient as createWebSocketClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CREATE, createClient, UPDATE } from '../graphql/client.ts';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
let token: { authorization: string };
beforeAll(async () => {
  app = await runApp({ publicSessions: false, demo: true });
  token = await bearer(app.url, 'alice');
  const session = { session_id: 'board', template: TEXT_TEMPLATE, args: { n: 1 } };
  expect((await call(app.url, 'POST', '/api/session', session, token)).status).toBe(201);
});
afterAll(() => app.close());

const createInput = { input: { name: 'new', template: TEXT_TEMPLATE, public: true } };
const updateInput = { input: { id: 'board', args: { n: 2 } } };

it.each([
  ['POST', '/api/session', { session_id: 'new', template: TEXT_TEMPLATE }],
  ['PUT', '/api/session/board', { args: { n: 2 } }],
  ['PATCH', '/api/session/board', { args: { n: 2 } }],
  ['PATCH', '/api/session/nowhere', { args: { n: 2 } }],
])('an anonymous %s %s is FORBIDDEN and changes nothing', async (method, path, body) => {
  const { status, body: answer } = await call(app.url, method, path, body);
  expect([status, answer.code]).toEqual([403, 'FORBIDDEN']);
  expect((await call(app.url, 'GET', '/api/session/new')).status).toBe(404);
  expect((await call(app.url, 'GET', '/api/session/board')).body.args).toEqual({ n: 1 });
});

it.each([
  ['createSession', CREATE, createInput],
  ['updateSession', UPDATE, updateInput],
  ['renderTemplate', `{ renderTemplate(template: "<svg/>") { svg } }`, {}],
])('an anonymous %s is FORBIDDEN over HTTP and over WebSocket', async (_name, query, variables) => {
  expect((await createClient(`${app.url}/graphql`)(query, variables)).codes).toEqual(['FORBIDDEN']);
  const client = createWebSocketClient({ url: `${app.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
  for await (const { errors } of client.iterate({ query, variables })) {
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  await client.dispose();
});

it('signed-in users try templates', async () => {
  const signedIn = createClient(`${app.url}/graphql`, token.authorization.slice('Bearer '.length));
  expect((await signedIn('{ renderTemplate(template: "<svg/>") { errors { message } } }')).data).toEqual({
    renderTemplate: { errors: [] },
  });
});

it('signed-in users write public sessions as ever', async () => {
  const session = { session_id: 'mine too', template: TEXT_TEMPLATE, args: { n: 1 } };
  expect((await call(app.url, 'POST', '/api/session', session, token)).status).toBe(201);
  const path = '/api/session/mine%20too';
  expect((await call(app.url, 'PATCH', path, { args: { n: 2 } }, token)).status).toBe(200);
  expect((await call(app.url, 'GET', path)).body.args).toEqual({ n: 2 });
});

it('the demo still moves, and no page offers an anonymous write', async () => {
  const second = async () => (await call(app.url, 'GET', '/api/session/demo')).body.args.second;
  const first = await second();
  await expect.poll(second, { timeout: 5000 }).not.toBe(first);
  for (const path of ['/', '/session/board']) {
    const page = (await call(app.url, 'GET', path)).text;
    expect(page).toContain('&quot;demo&quot;:&quot;demo&quot;');
    expect(page).toContain('&quot;anonymousWrites&quot;:false');
  }
});
