import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { callerOf } from '../harness/callers.ts';
import { TEMPLATE } from './client.ts';
import {
  PushDocument,
  ReadDocument,
  type TypedDocumentString,
  WatchDocument,
  type WatchSubscription,
} from './generated/graphql.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

interface Iterating {
  iterate<Data>(payload: {
    query: string;
    variables: Record<string, unknown>;
  }): AsyncIterableIterator<{ data?: Data | null }>;
}

/** What `npm run codegen` knows about an operation, carried through a client that knows nothing. */
function iterate<Data, Variables>(
  client: Iterating,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) {
  return client.iterate<Data>({ query: document.toString(), variables: variables as Record<string, unknown> });
}

/** The one result of a query or mutation. */
async function ask<Data, Variables>(
  client: Iterating,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) {
  const results: (Data | null | undefined)[] = [];
  for await (const { data } of iterate(client, document, variables)) results.push(data);
  expect(results).toHaveLength(1);
  return results[0];
}

beforeAll(async () => {
  const caller = callerOf('alice');
  for (const name of ['sse', 'ws']) {
    await setup.server.sessions.create(caller, {
      name,
      public: false,
      template: TEMPLATE,
      args: { price: 1, note: 'x' },
    });
  }
});

async function liveImage(client: Iterating, id: string) {
  const frames = iterate(client, WatchDocument, { sessionId: id });
  const next = async (): Promise<WatchSubscription['frames'] | undefined> => (await frames.next()).value?.data?.frames;
  expect(await next()).toMatchObject({ version: 1, svg: expect.stringContaining('>1</text>') });

  const pushed = await ask(client, PushDocument, { id, patch: { price: 2, note: null } });
  expect(pushed?.updateSession).toEqual({ id, version: 2 });
  expect(await next()).toMatchObject({ version: 2, svg: expect.stringContaining('>2</text>') });

  const read = await ask(client, ReadDocument, { id });
  expect(read?.session).toEqual({ id, args: { price: 2 }, expiresAt: null, owner: { id: 'alice' } });
  await frames.return?.();
  await expect.poll(() => setup.server.watches()).toBe(0);
}

test('graphql-sse reads, pushes and watches with generated documents', async () => {
  const client = createSseClient({
    url: setup.server.url,
    headers: { authorization: `Bearer ${await setup.token('alice')}` },
  });
  onTestFinished(() => client.dispose());
  await liveImage(client as Iterating, 'alice/sse');
});

test('graphql-ws reads, pushes and watches with generated documents', async () => {
  const client = createWsClient({
    url: setup.server.url.replace('http:', 'ws:'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${await setup.token('alice')}` },
  });
  onTestFinished(() => void client.dispose());
  await liveImage(client as Iterating, 'alice/ws');
});
