import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { ANONYMOUS, grantOf } from '../harness/callers.ts';
import { ALLOWED_ORIGIN, MAX_MESSAGE_BYTES, startGraphqlServer } from '../harness/graphql-server.ts';
import { CREATE, TEMPLATE } from './client.ts';
import { WATCH } from './event-stream-client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

// biome-ignore lint/suspicious/noExplicitAny: messages of the protocol, each test knows which
type Message = any;

/** A connection by hand, so that the tests see every message of graphql-transport-ws. */
async function open(url = setup.server.url, init: object | null = {}) {
  const socket = new WebSocket(url.replace('http:', 'ws:'), 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const arrived: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    const resolve = waiting.shift();
    if (resolve) resolve(message);
    else arrived.push(message);
  });
  await once(socket, 'open');
  const connection = {
    socket,
    send: (message: object) => socket.send(JSON.stringify(message)),
    next: (): Promise<Message> =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve)),
    subscribe: (id: string, query: string, variables = {}) =>
      connection.send({ id, type: 'subscribe', payload: { query, variables } }),
    /** Resolves with the close code. */
    closed: once(socket, 'close').then(([code]) => code as number),
  };
  if (init) connection.send({ type: 'connection_init', payload: init });
  return connection;
}

async function acknowledged(init: object = {}) {
  const connection = await open(setup.server.url, init);
  expect(await connection.next()).toEqual({ type: 'connection_ack' });
  return connection;
}

const withToken = async (userId: string) => ({ authorization: `Bearer ${await setup.token(userId)}` });

describe('operations', () => {
  test('queries and mutations are answered once and completed', async () => {
    const { subscribe, next } = await acknowledged(await withToken('alice'));
    subscribe('1', '{ me { id } }');
    expect(await next()).toEqual({ id: '1', type: 'next', payload: { data: { me: { id: 'alice' } } } });
    expect(await next()).toEqual({ id: '1', type: 'complete' });

    subscribe('2', CREATE, { input: { name: 'by-socket', template: TEMPLATE } });
    expect((await next()).payload.data.createSession).toMatchObject({
      id: 'alice/by-socket',
      streamUrl: `http://127.0.0.1:${setup.server.port}/stream/alice/by-socket`,
    });
    expect(await next()).toEqual({ id: '2', type: 'complete' });
  });

  test('a subscription gives frames until it is completed by the client', async () => {
    await setup.server.sessions.create(ANONYMOUS, { name: 'ws', public: true, template: TEMPLATE, args: {} });
    const before = setup.server.watches();
    const { subscribe, send, next } = await acknowledged();
    subscribe('f', WATCH, { id: 'ws' });
    expect((await next()).payload.data.frames).toMatchObject({ sessionId: 'ws', version: 1 });
    await setup.server.sessions.update(ANONYMOUS, { owner: null, name: 'ws' }, { args: { price: 2 } });
    expect((await next()).payload.data.frames).toMatchObject({ version: 2 });
    expect(setup.server.watches()).toBe(before + 1);
    send({ id: 'f', type: 'complete' });
    await expect.poll(() => setup.server.watches()).toBe(before);
  });

  test('a subscription ends with its connection', async () => {
    await setup.server.sessions.create(ANONYMOUS, { name: 'ws2', public: true, template: TEMPLATE, args: {} });
    const before = setup.server.watches();
    const { subscribe, next, socket } = await acknowledged();
    subscribe('f', WATCH, { id: 'ws2' });
    await next();
    socket.terminate();
    await expect.poll(() => setup.server.watches()).toBe(before);
  });

  test('a subscription completes when the session is deleted', async () => {
    const alice = await setup.as('alice');
    await alice(CREATE, { input: { name: 'gone', template: TEMPLATE } });
    const { subscribe, next } = await acknowledged();
    subscribe('f', WATCH, { id: 'alice/gone' });
    await next();
    await alice('mutation { deleteSession(id: "alice/gone") }');
    expect(await next()).toEqual({ id: 'f', type: 'complete' });
  });

  test.each([
    ['a session that is not there', WATCH, 'next', 'NOT_FOUND'],
    ['a refused mutation', 'mutation { deleteSession(id: "alice/x") }', 'next', 'UNAUTHENTICATED'],
    ['a document that does not parse', '{', 'error', 'BAD_USER_INPUT'],
    ['a document that is not valid', '{ nothing }', 'error', 'BAD_USER_INPUT'],
    [
      'two sign-ins',
      'mutation { a: issueToken(userId: "a", password: "b") { expiresIn } b: issueToken(userId: "a", password: "c") { expiresIn } }',
      'error',
      'BAD_USER_INPUT',
    ],
    [
      'too many aliases',
      `{ ${Array.from({ length: 201 }, (_, n) => `a${n}: me { id }`).join(' ')} }`,
      'error',
      'BAD_USER_INPUT',
    ],
  ])('errors keep their shape: %s', async (_what, query, type, code) => {
    const { subscribe, next } = await acknowledged();
    subscribe('e', query, { id: 'nothing' });
    const message = await next();
    expect(message).toMatchObject({ id: 'e', type });
    const errors = type === 'error' ? message.payload : message.payload.errors;
    expect(errors[0].extensions).toEqual({ code });
  });

  test('at most 500 run at once on one connection', async () => {
    await setup.server.sessions.create(ANONYMOUS, { name: 'many', public: true, template: TEMPLATE, args: {} });
    const { subscribe, next } = await acknowledged();
    for (let n = 0; n < 500; n += 1) subscribe(String(n), WATCH, { id: 'many' });
    for (let n = 0; n < 500; n += 1) expect((await next()).type).toBe('next');
    subscribe('one more', WATCH, { id: 'many' });
    expect(await next()).toMatchObject({
      id: 'one more',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 1 } }],
    });
  });
});

describe('the token of connection_init', () => {
  test.each([{ authorization: 'Bearer nonsense' }, { authorization: '' }, { authorization: 5 }])(
    'that is not good, %j, closes with 4403',
    async (init) => {
      const { closed } = await open(setup.server.url, init);
      expect(await closed).toBe(4403);
    },
  );

  test.each([{}, { authorization: null }, { other: 1 }])('may be absent: %j', async (init) => {
    const { subscribe, next } = await acknowledged(init);
    subscribe('1', '{ me { id } }');
    expect((await next()).payload).toEqual({ data: { me: null } });
  });

  test('that expires closes with 4403', async () => {
    const { token } = await setup.server.tokens.issue(grantOf('alice'), 1);
    const { subscribe, next, closed } = await acknowledged({ authorization: `Bearer ${token}` });
    subscribe('1', '{ me { id } }');
    expect((await next()).payload).toEqual({ data: { me: { id: 'alice' } } });
    expect(await closed).toBe(4403);
  });
});

describe('the connection', () => {
  test('closes with 1009 at a message beyond the limit, with 4400 at one that is none, with 4401 before init', async () => {
    const big = await acknowledged();
    big.subscribe('1', ' '.repeat(MAX_MESSAGE_BYTES));
    expect(await big.closed).toBe(1009);
    const none = await acknowledged();
    none.send({ type: 'nonsense' });
    expect(await none.closed).toBe(4400);
    const early = await open(setup.server.url, null);
    early.subscribe('1', '{ me { id } }');
    expect(await early.closed).toBe(4401);
  });

  test('is closed with 1001 when the server shuts down, its subscriptions completed', async () => {
    const server = await startGraphqlServer();
    await server.sessions.create(ANONYMOUS, { name: 'x', public: true, template: TEMPLATE, args: {} });
    const { subscribe, next, closed } = await open(server.url);
    await next();
    subscribe('f', WATCH, { id: 'x' });
    await next();
    const stopped = server.close();
    expect(await next()).toEqual({ id: 'f', type: 'complete' });
    expect(await closed).toBe(1001);
    await stopped;
  });

  test('is refused where it does not belong', async () => {
    const upgrade = async (path: string, headers: readonly string[]) => {
      const socket = connect(setup.server.port, '127.0.0.1');
      socket.write(
        [
          `GET ${path} HTTP/1.1`,
          'Host: x',
          'Connection: Upgrade',
          'Sec-WebSocket-Version: 13',
          ...headers,
          '',
          '',
        ].join('\r\n'),
      );
      const answer = await text(socket);
      return [answer.slice(9, 12), /"code":"(\w+)"/.exec(answer)?.[1]];
    };
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
    const protocol = 'Sec-WebSocket-Protocol: graphql-transport-ws';
    const websocket = 'Upgrade: websocket';

    expect(await upgrade('/other', [websocket, key, protocol])).toEqual(['404', 'NOT_FOUND']);
    expect(await upgrade('/graphql', [websocket, key])).toEqual(['400', 'BAD_USER_INPUT']);
    expect(await upgrade('/graphql', [websocket, key, 'Sec-WebSocket-Protocol: graphql-ws'])).toEqual([
      '400',
      'BAD_USER_INPUT',
    ]);
    expect(await upgrade('/graphql', [websocket, key, protocol, 'Origin: https://evil.example'])).toEqual([
      '403',
      'FORBIDDEN',
    ]);
  });

  test('is open to the origins of the policy', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${setup.server.port}/graphql?x`, 'graphql-transport-ws', {
      origin: ALLOWED_ORIGIN,
    });
    await once(socket, 'open');
    socket.terminate();
  });
});
