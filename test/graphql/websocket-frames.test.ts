import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { JsonObject } from '../../src/json.ts';
import { ANONYMOUS } from '../harness/callers.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const WATCH = 'subscription ($id: ID!) { frames(sessionId: $id) { version svg } }';
const PADDED = '<svg xmlns="http://www.w3.org/2000/svg">{{ pad }}</svg>';

// biome-ignore lint/suspicious/noExplicitAny: messages of the protocol, each test knows which
type Message = any;

const create = (name: string, args: JsonObject = { pad: '' }) =>
  setup.server.sessions.create(ANONYMOUS, { name, public: true, template: PADDED, args });

const push = (name: string, args: JsonObject) =>
  setup.server.sessions.update(ANONYMOUS, { owner: null, name }, { args });

/** A client of the library ws, which refuses whatever is not one whole frame behind the other. */
async function connect() {
  const accepted = once(setup.server.http, 'connection') as Promise<[Socket]>;
  const socket = new WebSocket(setup.server.url.replace('http:', 'ws:'), 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  const [serverSide] = await accepted;
  await once(socket, 'open');
  const messages: Message[] = [];
  let arrived = () => {};
  const failed = once(socket, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    arrived();
  });
  const client = {
    socket,
    serverSide,
    messages,
    send: (message: object) => socket.send(JSON.stringify(message)),
    subscribe: (id: string, session: string, query = WATCH) =>
      client.send({ id, type: 'subscribe', payload: { query, variables: { id: session } } }),
    /** Waits until it is so; a frame that is not whole rejects. */
    async until(isSo: () => boolean) {
      while (!isSo()) {
        const next = new Promise<void>((resolve) => {
          arrived = resolve;
        });
        await Promise.race([next, failed]);
      }
    },
    versions: (id: string): number[] =>
      messages.filter((message) => message.id === id).map(({ payload }) => payload.data.frames.version),
  };
  client.send({ type: 'connection_init' });
  await client.until(() => messages.length === 1);
  return client;
}

/** Far more bytes than the sockets' buffers take while nobody reads. */
const LARGE = 50_000;
const WRITES = 400;

test('messages of every length arrive whole, whatever their ids are', async () => {
  await create('lengths');
  const { subscribe, until, messages } = await connect();
  const ids = ['1', 'ü', '"\\', 'x'.repeat(200), 'y'.repeat(200)];
  const query = 'subscription ($id: ID!) { f: frames(sessionId: $id) { s: svg } }';
  for (const id of ids) subscribe(id, 'lengths', query);
  await until(() => messages.length === 1 + ids.length);
  const shortest = JSON.stringify(messages[1]).length;
  // Where the head of a frame grows, by RFC 6455, and back.
  for (const length of [125, 126, 127, 65_535, 65_536, 65_537, 90_000, 65_530, 126, shortest]) {
    const pad = 'p'.repeat(length - shortest);
    messages.length = 0;
    await push('lengths', { pad });
    await until(() => messages.length === ids.length);
    const payload = { data: { f: { s: PADDED.replace('{{ pad }}', pad) } } };
    expect(JSON.stringify({ id: '1', type: 'next', payload })).toHaveLength(length);
    const expected = ids.map((id) => ({ id, type: 'next', payload }));
    expect(messages.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))).toEqual(expected);
  }
});

test('answers, pongs and the close frame never come between the bytes of a frame', async () => {
  await create('between');
  const { socket, send, subscribe, until, versions, messages } = await connect();
  subscribe('f', 'between');
  await until(() => versions('f').length === 1);
  let pongs = 0;
  socket.on('pong', () => {
    pongs += 1;
  });
  socket.pause();
  for (let n = 1; n <= WRITES; n += 1) {
    await push('between', { pad: `${n}${'p'.repeat(LARGE)}` });
    if (n % 10 > 0) continue;
    socket.ping();
    send({ id: `q${n}`, type: 'subscribe', payload: { query: '{ __typename }' } });
  }
  socket.resume();
  await until(() => versions('f').at(-1) === 1 + WRITES);
  expect(versions('f')).toEqual([...new Set(versions('f'))].sort((a, b) => a - b));
  expect(versions('f').length).toBeLessThan(WRITES);
  await until(() => messages.filter(({ type }) => type === 'complete').length === WRITES / 10);
  await expect.poll(() => pongs).toBe(WRITES / 10);

  socket.pause();
  for (let n = 1; n <= WRITES; n += 1) await push('between', { pad: `${n}${'q'.repeat(LARGE)}` });
  socket.close(1000, 'enough');
  socket.resume();
  expect((await once(socket, 'close')).map(String)).toEqual(['1000', 'enough']);
});

test('operations on one socket that stands still wait with one frame each, and none waits for another', async () => {
  const names = ['one', 'two', 'three'];
  await Promise.all(names.map((name) => create(name)));
  const { socket, serverSide, subscribe, until, versions } = await connect();
  for (const name of names) subscribe(name, name);
  await until(() => names.every((name) => versions(name).length === 1));

  socket.pause();
  let most = 0;
  for (let n = 1; n <= WRITES; n += 1) {
    await push('one', { pad: `${n}${'p'.repeat(LARGE)}` });
    if (n % 10 === 0) await push('two', { pad: `${n}${'p'.repeat(LARGE)}` });
    most = Math.max(most, serverSide.writableLength);
  }
  await push('three', { pad: 'now' });
  most = Math.max(most, serverSide.writableLength);
  expect(most).toBeGreaterThan(LARGE);
  expect(most).toBeLessThan(2.5 * LARGE);

  socket.resume();
  const newest = { one: 1 + WRITES, two: 1 + WRITES / 10, three: 2 };
  await until(() => Object.entries(newest).every(([name, version]) => versions(name).at(-1) === version));
  for (const name of names) expect(versions(name)).toEqual([...new Set(versions(name))].sort((a, b) => a - b));
  expect(versions('one').length).toBeLessThan(WRITES);
});

test('a frame that waits for its reader stays as it was when it was written, whatever others are given', async () => {
  // Told apart at every byte, also at those that waited.
  const padOf = (n: number) =>
    String(n)
      .padEnd(4, '.')
      .repeat(LARGE / 4);
  await create('waiting');
  const [stalled, reading] = [await connect(), await connect()];
  stalled.subscribe('stalled', 'waiting');
  reading.subscribe('reading', 'waiting');
  await Promise.all([stalled, reading].map(({ until, messages }) => until(() => messages.length === 2)));
  stalled.socket.pause();
  for (let n = 1; n <= WRITES; n += 1) {
    await push('waiting', { pad: padOf(n) });
    await reading.until(() => reading.versions('reading').at(-1) === 1 + n);
  }
  expect(stalled.serverSide.writableLength).toBeGreaterThan(0);
  stalled.socket.resume();
  await stalled.until(() => stalled.versions('stalled').at(-1) === 1 + WRITES);
  for (const { id, payload } of stalled.messages.slice(2)) {
    const { version, svg } = payload.data.frames;
    expect([id, svg]).toEqual(['stalled', PADDED.replace('{{ pad }}', padOf(version - 1))]);
  }
});
