import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { ANONYMOUS } from '../harness/callers.ts';
import { openEventStream } from './event-stream-client.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

const FRAME_BYTES = 90_000;
/** Far more bytes than the sockets' buffers take while nobody reads. */
const WRITES = 300;
const NEWEST = 1 + WRITES;

const WATCH_SMALL = 'subscription ($id: ID!) { frames(sessionId: $id) { version svg } }';

async function createBig(name: string) {
  const template = `<svg xmlns="http://www.w3.org/2000/svg"><!--${'x'.repeat(FRAME_BYTES)}-->{{ n }}</svg>`;
  await setup.server.sessions.create(ANONYMOUS, { name, public: true, template, args: {} });
}

/** Writes while the reader stands still. Resolves with the most bytes that waited in the server's own memory. */
async function writeMany(name: string, sockets: ReadonlySet<Socket>): Promise<number> {
  let most = 0;
  for (let n = 1; n <= WRITES; n += 1) {
    await setup.server.sessions.update(ANONYMOUS, { owner: null, name }, { args: { n } });
    for (const socket of sockets) most = Math.max(most, socket.writableLength);
  }
  return most;
}

function collectSockets(): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  const collect = (socket: Socket) => sockets.add(socket);
  setup.server.http.on('connection', collect);
  onTestFinished(() => void setup.server.http.off('connection', collect));
  return sockets;
}

function expectNewestWins(versions: readonly number[], most: number) {
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(versions.at(-1)).toBe(NEWEST);
  expect(versions.length).toBeLessThan(WRITES);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(2 * FRAME_BYTES);
}

test('a reader of an event stream that stands still skips versions and ends at the newest', async () => {
  await createBig('slow-sse');
  const sockets = collectSockets();
  const { events, close } = await openEventStream(setup.server.url, WATCH_SMALL, { id: 'slow-sse' });
  onTestFinished(close);
  const versions: number[] = [(await events.next()).value?.data.data.frames.version];

  const most = await writeMany('slow-sse', sockets);
  while (versions.at(-1) !== NEWEST) versions.push((await events.next()).value?.data.data.frames.version);
  expectNewestWins(versions, most);
});

test('a reader of a WebSocket that stands still skips versions and ends at the newest', async () => {
  await createBig('slow-ws');
  const sockets = collectSockets();
  const socket = new WebSocket(setup.server.url.replace('http:', 'ws:'), 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const versions: number[] = [];
  let arrived = () => {};
  socket.on('message', (data) => {
    versions.push(JSON.parse(String(data)).payload.data.frames.version);
    arrived();
  });
  const next = () =>
    new Promise<void>((resolve) => {
      arrived = resolve;
    });
  const first = next();
  socket.send(
    JSON.stringify({ id: '1', type: 'subscribe', payload: { query: WATCH_SMALL, variables: { id: 'slow-ws' } } }),
  );
  await first;

  socket.pause();
  const most = await writeMany('slow-ws', sockets);
  socket.resume();
  while (versions.at(-1) !== NEWEST) await next();
  expectNewestWins(versions, most);
});
