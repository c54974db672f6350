import { expect, test } from 'vitest';
import { CREATE, DELETE, TEMPLATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const ACCEPTS = [
  'text/event-stream',
  'text/event-stream; charset=utf-8',
  'application/json, text/event-stream',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  '*/*',
  'text/*;q=0.1',
  'text/event-stream; charset=utf-16',
  'multipart/mixed',
  'application/json',
];

/** Of the connection, or of the moment. */
const NOT_COMPARED = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

const WATCH = 'subscription ($id: ID!, $after: String) { frames(sessionId: $id, after: $after) { version svg } }';

const OPERATIONS = [
  { query: 'subscription { frames(sessionId: "alice/badge") { version etag: __typename } }' },
  { query: WATCH, variables: { id: 'alice/badge' }, operationName: null },
  { query: WATCH, variables: { id: 'alice/badge', after: 'another' } },
  { query: WATCH, variables: { id: 'nobody' } },
  { query: WATCH, variables: { id: 'a/b/c' } },
  { query: WATCH, variables: {} },
  { query: WATCH, variables: { id: { a: 1 } } },
  { query: `${WATCH} query Q { me { id } }` },
  { query: 'subscription A { frames(sessionId: "alice/badge") { svg } } query B { me { id } }', operationName: 'A' },
  { query: 'subscription A { frames(sessionId: "alice/badge") { svg } } query B { me { id } }', operationName: 'B' },
  { query: 'subscription { frames(sessionId: "alice/badge") { nothing } }' },
  { query: 'subscription { frames(' },
  { query: 'subscription { nothing }' },
];

type Params = { readonly query: string; readonly variables?: object; readonly operationName?: string | null };

function asGet(params: Params & { readonly extensions?: object }): string {
  const entries = Object.entries(params).filter(([, value]) => value !== null);
  const texts = entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return `${setup.server.url}?${new URLSearchParams(texts)}`;
}

function ask(method: string, accept: string, params: Params & { readonly extensions?: object }): Promise<Response> {
  if (method === 'GET') return fetch(asGet(params), { headers: { accept } });
  const headers = { accept, 'content-type': 'application/json' };
  return fetch(setup.server.url, { method, headers, body: JSON.stringify(params) });
}

async function whole(response: Response) {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !NOT_COMPARED.has(name)));
  return { status: response.status, headers, body: await response.text() };
}

test.each(['GET', 'POST'])(
  'a subscription by %s past what Yoga wraps it in is answered as through it',
  async (method) => {
    const alice = await setup.as('alice');
    for (const params of OPERATIONS) {
      for (const accept of ACCEPTS) {
        await alice(CREATE, { input: { name: 'badge', template: TEMPLATE, args: { price: 1 } } });
        // Extensions are a rule of their own, which Yoga is left to.
        const both = [await ask(method, accept, params), await ask(method, accept, { ...params, extensions: {} })];
        // The answers end with the session.
        await alice(DELETE, { id: 'alice/badge' });
        const [direct, byYoga] = await Promise.all(both.map(whole));
        expect(direct, `${JSON.stringify(params)} ${accept}`).toEqual(byYoga);
      }
    }
  },
);

test.each([
  ['text/event-stream', 200],
  ['application/json, text/event-stream', 200],
  ['*/*', 200],
  ['text/*;q=0.1', 200],
  ['text/event-stream; charset=utf-16', 406],
  ['multipart/mixed', 406],
  ['application/json', 406],
])('who accepts %s is answered with %i', async (accept, status) => {
  const alice = await setup.as('alice');
  await alice(CREATE, { input: { name: 'some', template: TEMPLATE, args: { price: 7 } } });
  const response = await ask('GET', accept, { query: WATCH, variables: { id: 'alice/some' } });
  await alice(DELETE, { id: 'alice/some' });
  const { headers, body, ...answer } = await whole(response);
  expect(answer.status).toBe(status);
  expect(headers['content-type']).toMatch(status === 200 ? /^text\/event-stream$/ : /^application\/json/);
  if (status === 200) expect(body).toMatch(/^:\n\nevent: next\ndata: .*>7<.*\n\nevent: complete\ndata:\n\n$/);
});
