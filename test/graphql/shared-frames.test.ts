import { on, once } from 'node:events';
import type { GraphQLObjectType } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { Refusal } from '../../src/errors.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createYogaServer } from '../../src/graphql/yoga-server.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { silentLog } from '../harness/silent-log.ts';
import { TEMPLATE } from './client.ts';
import { openEventStream } from './event-stream-client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();
const yoga = createYogaServer(silentLog);

async function create(name: string) {
  await setup.server.sessions.create(ANONYMOUS, {
    name,
    public: true,
    template: TEMPLATE,
    args: { price: 'ä"<\n' },
  });
}

const push = (name: string, price: number) =>
  setup.server.sessions.update(ANONYMOUS, { owner: null, name }, { args: { price } });

/** The results without sharing: as Yoga's pipeline gives them to whoever reads them. */
async function ordinary(query: string, variables: object) {
  const { frames } = setup.server;
  const context = {
    ...{ frames, caller: ANONYMOUS, whenGone: () => {} },
    ...{ whenTokenEnds: null, handover: null, params: { variables } },
  };
  // biome-ignore lint/suspicious/noExplicitAny: of the services this field uses the frames only
  const pipeline = yoga.getEnveloped(context as any);
  const document = pipeline.parse(query);
  expect(pipeline.validate(pipeline.schema, document)).toEqual([]);
  const contextValue = await pipeline.contextFactory();
  const results = await pipeline.subscribe({
    schema: pipeline.schema,
    document,
    variableValues: variables,
    contextValue,
  });
  const iterator = results[Symbol.asyncIterator]();
  onTestFinished(() => iterator.return());
  return async () => JSON.parse(JSON.stringify((await iterator.next()).value));
}

async function overSse(query: string, variables: object) {
  const { events, close } = await openEventStream(setup.server.url, query, variables);
  onTestFinished(close);
  return async () => (await events.next()).value?.data;
}

/** Two subscriptions to the same on one socket, told apart by their ids. */
async function overWebSocket(query: string, variables: object) {
  const socket = new WebSocket(setup.server.url.replace('http:', 'ws:'), 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const messages = on(socket, 'message');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await messages.next();
  for (const id of ['"', 'ü']) socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
  return async () => {
    const texts = [String((await messages.next()).value[0]), String((await messages.next()).value[0])].sort();
    const { payload } = JSON.parse(texts[0] ?? '');
    expect(texts).toEqual(['"', 'ü'].map((id) => JSON.stringify({ id, type: 'next', payload })));
    return payload;
  };
}

const OPERATIONS: readonly (readonly [string, string, object])[] = [
  ['every field', 'subscription ($id: ID!) { frames(sessionId: $id) { sessionId version etag svg renderedAt } }', {}],
  ['aliases', 'subscription ($id: ID!) { now: frames(sessionId: $id) { a: svg b: svg svg: version } }', {}],
  ['__typename', 'subscription ($id: ID!) { frames(sessionId: $id) { __typename kind: __typename } }', {}],
  [
    'a fragment',
    'subscription ($id: ID!) { frames(sessionId: $id) { ...F } } fragment F on Frame { version ...G } fragment G on Frame { etag }',
    {},
  ],
  [
    'a fragment of the root',
    'subscription ($id: ID!) { ...R } fragment R on Subscription { frames(sessionId: $id) { svg } }',
    {},
  ],
  [
    'inline fragments',
    'subscription ($id: ID!) { ... { frames(sessionId: $id) { ... on Frame { version } ... { etag } } } }',
    {},
  ],
  [
    'fields merged',
    'subscription ($id: ID!) { frames(sessionId: $id) { version } frames(sessionId: $id) { svg version } }',
    {},
  ],
  [
    '@include true',
    'subscription ($id: ID!, $on: Boolean!) { frames(sessionId: $id) { version svg @include(if: $on) } }',
    { on: true },
  ],
  [
    '@include false',
    'subscription ($id: ID!, $on: Boolean!) { frames(sessionId: $id) { version svg @include(if: $on) } }',
    { on: false },
  ],
  [
    '@skip by default',
    'subscription ($id: ID!, $off: Boolean = true) { frames(sessionId: $id) { version svg @skip(if: $off) } }',
    {},
  ],
  ['a literal switch', 'subscription ($id: ID!) { frames(sessionId: $id) { version svg @skip(if: true) } }', {}],
  [
    'a fragment that is spread twice, the first time in vain',
    'subscription ($id: ID!, $on: Boolean!) { frames(sessionId: $id) { svg ...F @include(if: $on) etag ...F } } fragment F on Frame { version etag svg }',
    { on: false },
  ],
  [
    'fields merged under one alias, switched each for itself',
    'subscription ($id: ID!, $on: Boolean!) { a: frames(sessionId: $id) { b: etag @skip(if: $on) c: svg } a: frames(sessionId: $id) { c: svg b: etag } }',
    { on: true },
  ],
  [
    'nothing left',
    'subscription ($id: ID!, $on: Boolean!) { frames(sessionId: $id) { svg @skip(if: $on) ... @include(if: false) { etag } } }',
    { on: true },
  ],
  [
    'names of every object',
    'subscription ($id: ID!) { constructor: frames(sessionId: $id) { __proto__: svg toString: etag } }',
    {},
  ],
  [
    'an etag that is none',
    'subscription ($id: ID!, $after: String) { frames(sessionId: $id, after: $after) { version } }',
    { after: 'x' },
  ],
];

test.each(OPERATIONS)('%s gives with sharing what it gives without', async (what, query, more) => {
  await create(what);
  const variables = { id: what, ...more };
  const expected = await ordinary(query, variables);
  const shared = [await overSse(query, variables), await overWebSocket(query, variables)];
  for (const price of [1, 2]) {
    const result = await expected();
    expect(Object.keys(result)).toEqual(['data']);
    for (const next of shared) expect(JSON.stringify(await next())).toBe(JSON.stringify(result));
    await push(what, price);
  }
});

test.each([
  ['a session that is not there', { id: 'nobody' }],
  ['a session id that is none', { id: 'a/b/c' }],
  ['a variable that is absent', {}],
  ['a variable of another type', { id: { a: 1 } }],
])('%s is refused in the same words', async (_what, variables) => {
  const query = 'subscription ($id: ID!) { frames(sessionId: $id) { version } }';
  const services = { frames: setup.server.frames, caller: ANONYMOUS };
  const context = { ...services, whenGone: () => {}, whenTokenEnds: null, handover: null };
  // biome-ignore lint/suspicious/noExplicitAny: of the services this field uses the frames only
  const pipeline = yoga.getEnveloped(context as any);
  const args = { schema: pipeline.schema, document: pipeline.parse(query), variableValues: variables };
  const refused = await pipeline.subscribe({ ...args, contextValue: await pipeline.contextFactory() });
  const { message, path } = refused.errors[0];
  const answer = await (await overSse(query, variables))();
  expect(answer.errors).toEqual([expect.objectContaining({ message, ...(path && { path }) })]);
});

/** The field fails from now on, as one that depends on what is not there would. */
function failing(name: string) {
  const field = (schema.getType('Frame') as GraphQLObjectType).getFields()[name];
  if (field === undefined) throw new Error(`Frame has no ${name}`);
  const { resolve } = field;
  field.resolve = () => {
    throw new Refusal('NOT_FOUND', `There is no ${name} today.`);
  };
  onTestFinished(() => {
    Object.assign(field, { resolve });
  });
}

test.each([
  ['that cannot be null', 'subscription ($id: ID!) { frames(sessionId: $id) { version broken: etag } }'],
  ['in a fragment', 'subscription ($id: ID!) { frames(sessionId: $id) { ...F } } fragment F on Frame { etag }'],
])('a field that fails, %s, gives with sharing what it gives without', async (what, query) => {
  await create(`failing ${what}`);
  failing('etag');
  const variables = { id: `failing ${what}` };
  const expected = await (await ordinary(query, variables))();
  expect(expected).toMatchObject({ data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  for (const open of [overSse, overWebSocket]) {
    expect(await (await open(query, variables))()).toEqual(expected);
  }
});

test('viewers of one operation cost one execution per frame, whatever their session and etag', async () => {
  const fields = schema.getType('Frame') as GraphQLObjectType;
  const { etag } = fields.getFields();
  const original = etag?.resolve;
  if (etag === undefined || original === undefined) throw new Error('Frame.etag has no resolver');
  let executions = 0;
  etag.resolve = (...args) => {
    executions += 1;
    return original(...args);
  };
  onTestFinished(() => {
    etag.resolve = original;
  });
  await create('crowd');
  const query = 'subscription ($id: ID!, $after: String) { frames(sessionId: $id, after: $after) { version etag } }';
  const open = (after: string | null) => overSse(query, { id: 'crowd', after });
  const viewers = await Promise.all(Array.from({ length: 20 }, (_, n) => open(n % 2 ? null : `none-${n}`)));
  viewers.push(await overWebSocket(query, { id: 'crowd' }));
  for (const next of viewers) expect((await next()).data.frames.version).toBe(1);
  expect(executions).toBe(1);
  await push('crowd', 1);
  for (const next of viewers) expect((await next()).data.frames.version).toBe(2);
  expect(executions).toBe(2);
});
