import { once } from 'node:events';
import { createClient, type SubscribePayload } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
  await call(app.url, 'POST', '/api/session', { session_id: 'shown', template: TEXT_TEMPLATE, args: { n: 1 } });
});
afterAll(() => app.close());

const INIT = { type: 'connection_init' };
const ME = { query: '{ me { id } }' };
const WATCH = { query: 'subscription { frames(sessionId: "shown") { version } }' };
const subscribe = (id: unknown, payload: unknown = ME) => ({ id, type: 'subscribe', payload });

// biome-ignore lint/suspicious/noExplicitAny: messages of the protocol, each test knows which
type Message = any;

/** A connection by hand, since no client sends what these tests do. */
async function open() {
  const socket = new WebSocket(`ws://127.0.0.1:${app.port}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const arrived: Message[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    arrived.push(JSON.parse(String(data)));
    wake();
  });
  const closed = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  async function next(): Promise<Message> {
    while (arrived.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return arrived.shift();
  }
  return { socket, send, next, closed };
}

async function acknowledged() {
  const connection = await open();
  connection.send(INIT);
  expect(await connection.next()).toEqual({ type: 'connection_ack' });
  return connection;
}

/** Each message is its own connection's last; `after` goes before it. */
const CLOSING: readonly (readonly [string, number, unknown, readonly unknown[]])[] = [
  ['a message that is no JSON', 4400, '{', [INIT]],
  ['a message that is no object', 4400, '[]', [INIT]],
  ['a message that is null', 4400, 'null', [INIT]],
  ['a message without a type', 4400, {}, [INIT]],
  ['a message of an unknown type', 4400, { type: 'start', id: '1', payload: ME }, [INIT]],
  ['a type that every object inherits', 4400, { type: '__proto__' }, [INIT]],
  ['an acknowledgement, which only servers send', 4400, { type: 'connection_ack' }, [INIT]],
  ['a next, which only servers send', 4400, { id: '1', type: 'next', payload: { data: {} } }, [INIT]],
  ['an error, which only servers send', 4400, { id: '1', type: 'error', payload: [{ message: 'x' }] }, [INIT]],
  ['a next in other letters', 4400, '{"id":"1","type":"n\\u0065xt","payload":{}}', [INIT]],
  ['a next before anything else', 4400, { id: '1', type: 'next', payload: {} }, []],
  ['a subscribe without an id', 4400, { type: 'subscribe', payload: ME }, [INIT]],
  ['a subscribe with an empty id', 4400, subscribe(''), [INIT]],
  ['a subscribe whose id is a number', 4400, subscribe(1), [INIT]],
  ['a subscribe without a payload', 4400, { type: 'subscribe', id: '1' }, [INIT]],
  ['a subscribe whose query is no text', 4400, subscribe('1', { query: 5 }), [INIT]],
  ['a subscribe whose variables are a list', 4400, subscribe('1', { ...ME, variables: [] }), [INIT]],
  ['a complete without an id', 4400, { type: 'complete' }, [INIT]],
  ['a connection_init whose payload is a text', 4400, { ...INIT, payload: 'x' }, []],
  ['a connection_init whose payload is a list', 4400, { ...INIT, payload: [] }, []],
  ['a subscribe before connection_init', 4401, subscribe('1'), []],
  ['a token that is not good', 4403, { ...INIT, payload: { authorization: 'Bearer nonsense' } }, []],
  ['a second subscribe under a running id', 4409, subscribe('1', WATCH), [INIT, subscribe('1', WATCH)]],
  ['a second connection_init', 4429, INIT, [INIT]],
  ['a second connection_init before the first is answered', 4429, INIT, []],
];

describe('graphql-transport-ws closes the connection upon', () => {
  test.each(CLOSING)('%s, with %i', async (what, code, message, before) => {
    const { send, next, closed } = await open();
    for (const earlier of before) {
      send(earlier);
      await next();
    }
    if (what.includes('before the first')) send(message);
    send(message);
    expect(await closed).toBe(code);
  });

  test('a client that never initialises, with 4408', async () => {
    const { closed } = await open();
    expect(await closed).toBe(4408);
  });

  test('nothing, when the subprotocol is another: then there is no connection, where 4406 could be said', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${app.port}/graphql`, 'graphql-ws');
    onTestFinished(() => socket.terminate());
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(400);
  });
});

describe('graphql-transport-ws goes on after', () => {
  test.each([
    ['a complete of an id that never was', { type: 'complete', id: 'unknown' }],
    ['a complete of an id that every object has', { type: 'complete', id: '__proto__' }],
    ['a pong that nobody asked for', { type: 'pong', payload: { any: 1 } }],
  ])('%s', async (_what, message) => {
    const { send, next } = await acknowledged();
    send(message);
    send(subscribe('1'));
    expect(await next()).toEqual({ id: '1', type: 'next', payload: { data: { me: null } } });
  });

  test.each(['__proto__', 'constructor', 'toString', ' ', '🌡', 'x'.repeat(10_000)])(
    'an operation of the id %j, which is an id like any other',
    async (id) => {
      const { send, next } = await acknowledged();
      for (let n = 0; n < 2; n += 1) {
        send(subscribe(id));
        expect(await next()).toMatchObject({ id, type: 'next' });
        expect(await next()).toEqual({ id, type: 'complete' });
      }
    },
  );

  test('a ping, which is answered with its payload, before connection_init too', async () => {
    const { send, next } = await open();
    send({ type: 'ping', payload: { n: 1 } });
    expect(await next()).toEqual({ type: 'pong', payload: { n: 1 } });
  });

  test('a refused operation: an error is its last message, and its id is free again', async () => {
    const { send, next } = await acknowledged();
    send(subscribe('1', { query: '{ nothing }' }));
    expect(await next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    send(subscribe('1'));
    expect(await next()).toMatchObject({ id: '1', type: 'next' });
  });

  test('a complete by the client: no further frame comes under that id', async () => {
    const { send, next } = await acknowledged();
    send(subscribe('1', WATCH));
    expect(await next()).toMatchObject({ id: '1', type: 'next' });
    send({ type: 'complete', id: '1' });
    send(subscribe('2', WATCH));
    expect(await next()).toMatchObject({ id: '2', type: 'next' });
    await call(app.url, 'PUT', '/api/session/shown', { args: { n: 2 } });
    expect(await next()).toMatchObject({ id: '2', type: 'next' });
  });

  test('the same id on another connection, and a message in a binary frame', async () => {
    const [one, other] = [await acknowledged(), await acknowledged()];
    one.send(subscribe('1', WATCH));
    await one.next();
    other.socket.send(Buffer.from(JSON.stringify(subscribe('1'))), { binary: true });
    expect(await other.next()).toMatchObject({ id: '1', type: 'next' });
  });
});

describe('the client of graphql-ws', () => {
  const clientFor = (connectionParams: Record<string, unknown> = {}) => {
    const url = `ws://127.0.0.1:${app.port}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
    onTestFinished(() => client.dispose());
    return client;
  };
  const collect = async (payload: SubscribePayload, connectionParams?: Record<string, unknown>) => {
    const results = [];
    for await (const result of clientFor(connectionParams).iterate(payload)) results.push(result);
    return results;
  };

  test('queries, and is refused in the shape of GraphQL', async () => {
    expect(await collect(ME)).toEqual([{ data: { me: null } }]);
    await expect(collect({ query: '{' })).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('is told by the close code that its token is not good', async () => {
    await expect(collect(ME, { authorization: 'Bearer nonsense' })).rejects.toMatchObject({ code: 4403 });
  });

  test('watches until the session ends', async () => {
    const session_id = 'brief';
    await call(app.url, 'POST', '/api/session', { session_id, template: TEXT_TEMPLATE, expire: '1s' });
    const frames = await collect({ query: 'subscription { frames(sessionId: "brief") { version } }' });
    expect(frames).toEqual([{ data: { frames: { version: 1 } } }]);
  });
});
