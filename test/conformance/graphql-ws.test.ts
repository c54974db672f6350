import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createClient, makeServer, type SubscribePayload } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { makeOpaqueToken, newOpaqueId, newSecret } from '../../src/auth/opaque-token.ts';
import { type Connection, createSpeaker } from '../../src/graphql/protocol-socket.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp, runApp } from '../harness/app.ts';
import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { silentLog } from '../harness/silent-log.ts';

let app: RunningApp;
const onConsole = vi.spyOn(console, 'error');
beforeAll(async () => {
  app = await runApp();
  await call(app.url, 'POST', '/api/session', { session_id: 'shown', template: TEXT_TEMPLATE, args: { n: 1 } });
});
afterAll(() => app.close());
// graphql-ws's own adapter writes there what clients do wrong.
afterEach(() => expect(onConsole).not.toHaveBeenCalled());

const INIT = { type: 'connection_init' };
const ME = { query: '{ me { id } }' };
const WATCH = { query: 'subscription { frames(sessionId: "shown") { version } }' };
const subscribe = (id: unknown, payload: unknown = ME) => ({ id, type: 'subscribe', payload });
/** JSON that can be parsed, but overflows the stack of whoever writes it again. */
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);
const HUGE_ID = 'x'.repeat(100_000);

// biome-ignore lint/suspicious/noExplicitAny: messages of the protocol, each test knows which
type Message = any;

/** A connection by hand, since no client sends what these tests do. */
async function open(port = app.port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const arrived: Message[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    arrived.push(JSON.parse(String(data)));
    wake();
  });
  const ended = once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) }));
  const closed = ended.then(({ code }) => code);
  let wire: Socket | undefined;
  socket.once('upgrade', (response) => {
    wire = response.socket;
  });
  await once(socket, 'open');
  const send = (message: unknown) =>
    socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message), {
      binary: false,
    });
  async function next(): Promise<Message> {
    while (arrived.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return arrived.shift();
  }
  return { socket, send, next, ended, closed, /** Beneath the protocol. */ wire };
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
  ['an empty message', 4400, '', [INIT]],
  ['a message that is nested beyond all measure', 4400, DEEP, [INIT]],
  ['a message without a type', 4400, {}, [INIT]],
  ['a message of an unknown type', 4400, { type: 'start', id: '1', payload: ME }, [INIT]],
  ['a type that every object inherits', 4400, { type: '__proto__' }, [INIT]],
  ['an acknowledgement, which only servers send', 4400, { type: 'connection_ack' }, [INIT]],
  ['a next, which only servers send', 4400, { id: '1', type: 'next', payload: { data: {} } }, [INIT]],
  ['an error, which only servers send', 4400, { id: '1', type: 'error', payload: [{ message: 'x' }] }, [INIT]],
  ['a next in other letters', 4400, '{"id":"1","type":"n\\u0065xt","payload":{}}', [INIT]],
  ['a subscribe that is also a next', 4400, '{"id":"1","type":"subscribe","type":"next","payload":{}}', [INIT]],
  ['a next that nobody could write', 4400, `{"id":"1","type":"next","payload":{"a":${DEEP}}}`, [INIT]],
  ['a ping whose payload nobody could send back', 4400, `{"type":"ping","payload":{"a":${DEEP}}}`, [INIT]],
  ['a ping whose payload is a list', 4400, { type: 'ping', payload: [] }, [INIT]],
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
  ['the same with an id too long to be told', 4409, subscribe(HUGE_ID, WATCH), [INIT, subscribe(HUGE_ID, WATCH)]],
  ['text that is no UTF-8', 1007, Buffer.from([0x22, 0xff, 0x22]), [INIT]],
  ['a message of three megabytes', 1009, ' '.repeat(3_000_000), [INIT]],
  ['a second connection_init', 4429, INIT, [INIT]],
  ['a second connection_init before the first is answered', 4429, INIT, []],
];

/** Each has a test of its own; 1001 has it where servers shut down. */
const ALONE = [1001, 1002, 1013, 4408, 4500];

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

  test('a frame of a kind that is reserved, with 1002', async () => {
    const { wire, closed } = await open();
    wire?.write(Buffer.from([0x83, 0x80, 0, 0, 0, 0]));
    expect(await closed).toBe(1002);
  });

  test('a message that is none, and does nothing of what came behind it', async () => {
    const { send, closed } = await acknowledged();
    await call(app.url, 'PUT', '/api/session/shown', { args: { n: 3 } });
    send('{');
    for (let n = 0; n < 20; n += 1) {
      send(subscribe(`${n}`, { query: 'mutation { updateSession(input: {id: "shown", args: {n: 4}}) { id } }' }));
    }
    expect(await closed).toBe(4400);
    expect((await call(app.url, 'GET', '/api/session/shown')).body.args).toEqual({ n: 3 });
  });

  test('a token that is not good, saying why', async () => {
    const { send, ended } = await open();
    send({ ...INIT, payload: { authorization: 'Basic YWxpY2U6' } });
    expect(await ended).toEqual({ code: 4403, reason: expect.stringContaining('must read "Bearer') });
  });

  test.skipIf(!redisAvailable)(
    'a token that cannot be judged now, with 1013, after which clients try again',
    async () => {
      const redis = await startRedisServer();
      onTestFinished(redis.dispose);
      const { port } = await appForTest({ redisUrl: redis.url });
      await redis.stop();
      const key = makeOpaqueToken('API key', { uid: newOpaqueId(), id: newOpaqueId(), secrets: [newSecret()] });
      const { send, ended } = await open(port);
      send({ ...INIT, payload: { authorization: `Bearer ${key}` } });
      expect(await ended).toEqual({ code: 1013, reason: expect.stringMatching(/\w+ \w+/) });
    },
  );

  test('a bug of ours, with 4500 and an id that stands in the log', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => void server.close());
    const protocol = makeServer<undefined, Connection>({
      onConnect() {
        throw new Error('a secret');
      },
    });
    const speak = createSpeaker(protocol, silentLog);
    server.on('connection', (socket, request) => speak({ socket, request, streams: null }));
    await once(server, 'listening');
    const { send, ended } = await open((server.address() as AddressInfo).port);
    send(INIT);
    expect(await ended).toEqual({ code: 4500, reason: expect.stringMatching(/the log has it under [\w-]{36}\.$/) });
  });

  test('a client that never initialises, with 4408', async () => {
    const { closed } = await open();
    expect(await closed).toBe(4408);
  });

  test('what the documents list, and nothing else', () => {
    const listed = [...readFileSync('docs/graphql.md', 'utf8').matchAll(/^\| (\d{4}) \|/gm)].map(([, code]) =>
      Number(code),
    );
    expect(listed).toEqual([...new Set([...CLOSING.map(([, code]) => code), ...ALONE])].sort());
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
    ['a pong that nobody could write', `{"type":"pong","payload":{"a":${DEEP}}}`],
    ['a type that is given twice, of which the last counts', '{"type":"next","type":"pong"}'],
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

  test('variables and connectionParams nested beyond all measure, which nothing reads', async () => {
    const { send, next } = await open();
    send(`{"type":"connection_init","payload":{"a":${DEEP}}}`);
    expect(await next()).toEqual({ type: 'connection_ack' });
    send(`{"id":"1","type":"subscribe","payload":{"query":"{ me { id } }","variables":{"a":${DEEP}}}}`);
    expect(await next()).toMatchObject({ id: '1', type: 'next' });
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
