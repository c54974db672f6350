import { expect, test } from 'vitest';
import { ALLOWED_ORIGIN } from '../harness/graphql-server.ts';
import { CREATE, TEMPLATE } from './client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const ACCEPTS = [
  undefined,
  '*/*',
  'application/json',
  'application/json; charset=utf-8',
  'application/graphql-response+json, application/json;q=0.9',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
  'application/json; charset=utf-16, application/graphql-response+json',
  'text/html, application/*',
  'text/event-stream',
  '*/json',
  'text/html',
];

/** Of the connection, or of the moment. */
const NOT_COMPARED = new Set(['date', 'connection', 'keep-alive']);

const BODIES = [
  { query: '{ me { id } }' },
  { query: '{ me { id } }', variables: null, operationName: null },
  { query: 'query ($id: ID!) { session(id: $id) { version frame { svg } } }', variables: { id: 'badge' } },
  { query: 'query ($id: ID!) { session(id: $id) { version } }', variables: {} },
  { query: 'query ($id: ID!) { session(id: $id) { version } }', variables: { id: [] } },
  { query: '{ a: session(id: "badge") { template } b: session(id: "/") { version } }' },
  { query: 'mutation { deleteSession(id: "badge") }' },
  { query: 'query A { me { id } } query B { session(id: "badge") { id } }', operationName: 'B' },
  { query: 'query A { me { id } } query B { session(id: "badge") { id } }' },
  { query: 'query A { me { id } }', operationName: '' },
  { query: '{ nothing }' },
  { query: '{ me {' },
  { query: 'fragment F on User { id }' },
  { query: 'subscription { frames(sessionId: "nobody") { version } }' },
];

async function answer(body: object, accept: string | undefined, extensions?: object) {
  const response = await fetch(setup.server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ALLOWED_ORIGIN, ...(accept !== undefined && { accept }) },
    body: JSON.stringify({ ...body, extensions }),
  });
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !NOT_COMPARED.has(name)));
  return { status: response.status, headers, body: await response.text() };
}

test("what is run past Yoga's own requests and responses is answered to the byte as by Yoga", async () => {
  await setup.anonymous(CREATE, { input: { name: 'badge', template: TEMPLATE, args: { price: 1 }, public: true } });
  for (const body of BODIES) {
    for (const accept of ACCEPTS) {
      // Extensions are a rule of their own, which Yoga is left to.
      const [direct, byYoga] = [await answer(body, accept), await answer(body, accept, {})];
      expect(direct, `${JSON.stringify(body)} ${accept}`).toEqual(byYoga);
    }
  }
});
