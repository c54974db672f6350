import { on, once } from 'node:events';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { openEventStream } from '../graphql/event-stream-client.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { type Http2Client, openHttp2 } from '../harness/http2-client.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';

const files = pemFolder();
const { cert, key } = makeSelfSigned();
let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
});
afterAll(async () => {
  await app.close();
  files.remove();
});

const JSON_BODY = { 'content-type': 'application/json' };
const WATCH = 'subscription ($id: ID!) { frames(sessionId: $id) { version svg } }';
const TEMPLATE = '<svg xmlns="http://www.w3.org/2000/svg">{{ pad }}</svg>';

/** Alice's session of that name, at an empty `pad`. */
async function createSession(client: Http2Client, name: string) {
  const ask = async (path: string, headers: object, body?: object) => {
    const asked = client.ask(path, { ...JSON_BODY, ...headers }, body && JSON.stringify(body));
    expect(await asked.status).toBeLessThan(300);
    await asked.ended;
    return asked.received();
  };
  const signIn = { user_id: 'alice', password: 'pass word' };
  const { token } = JSON.parse(await ask('/api/auth/token', { ':method': 'POST' }, signIn));
  const authorization = `Bearer ${token}`;
  const created = { session_id: name, template: TEMPLATE, args: { pad: '' } };
  await ask('/api/user/alice/session', { ':method': 'POST', authorization }, created);
  const path = `/api/user/alice/session/${name}`;
  return {
    id: `alice/${name}`,
    push: (pad: string) => ask(path, { ':method': 'PUT', authorization }, { args: { pad } }),
    remove: () => ask(path, { ':method': 'DELETE', authorization }),
  };
}

/** @returns gives the next result, null when they are complete */
type Results = () => Promise<unknown>;

async function overHttp1(id: string): Promise<Results> {
  const { events, close } = await openEventStream(`${app.url}/graphql`, WATCH, { id });
  onTestFinished(close);
  return async () => (await events.next()).value?.data;
}

async function overHttp2(id: string): Promise<Results> {
  const client = await openHttp2(app.url);
  const body = JSON.stringify({ query: WATCH, variables: { id } });
  const headers = { ':method': 'POST', accept: 'text/event-stream', ...JSON_BODY };
  const { stream, received, ended } = client.ask('/graphql', headers, body);
  let read = 0;
  return async () => {
    for (;;) {
      const text = received();
      const end = text.indexOf('\n\n', read);
      if (end === -1) {
        await once(stream, 'data');
        continue;
      }
      const [, event, data = ''] = /^event: (.*)\ndata: ?(.*)$/.exec(text.slice(read, end)) ?? [];
      read = end + 2;
      if (event === 'next') return JSON.parse(data);
      if (event === 'complete') expect(await ended).toBe('END_STREAM');
      if (event === 'complete') return null;
    }
  };
}

async function overWebSocket(id: string): Promise<Results> {
  const { messages, subscribe } = await openWebSocket();
  subscribe(id);
  return async () => {
    const { type, payload } = JSON.parse(String((await messages.next()).value[0]));
    if (type !== 'complete') return payload;
    return null;
  };
}

async function openWebSocket() {
  const url = `${app.url.replace('https:', 'wss:')}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws', { rejectUnauthorized: false });
  onTestFinished(() => socket.terminate());
  const messages = on(socket, 'message');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await messages.next();
  const subscribe = (id: string) =>
    socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: WATCH, variables: { id } } }));
  return { socket, messages, subscribe };
}

const TRANSPORTS = { 'SSE over HTTP/1.1': overHttp1, 'SSE over HTTP/2': overHttp2, WebSocket: overWebSocket };

it('every viewer of every transport is given the same results, short and long, and their end', async () => {
  const { id, push, remove } = await createSession(await openHttp2(app.url), 'same');
  const opened = Object.entries(TRANSPORTS).flatMap(([name, open]) => [1, 2].map(() => ({ name, opening: open(id) })));
  const viewers = await Promise.all(opened.map(async ({ name, opening }) => ({ name, next: await opening })));
  const pads = ['', '1', 'p'.repeat(20_000), 'q'.repeat(20_000), 'r'.repeat(200_000), '2'];
  for (const [at, pad] of pads.entries()) {
    if (at > 0) await push(pad);
    const frames = { version: at + 1, svg: TEMPLATE.replace('{{ pad }}', pad) };
    for (const { name, next } of viewers) expect([name, await next()]).toEqual([name, { data: { frames } }]);
  }
  await remove();
  for (const { name, next } of viewers) expect([name, await next()]).toEqual([name, null]);
});

it('a WebSocket that stands still delays nobody, and goes on with whole frames up to the newest', async () => {
  const { id, push } = await createSession(await openHttp2(app.url), 'still');
  const { socket, messages, subscribe } = await openWebSocket();
  subscribe(id);
  await messages.next();
  const next = await overWebSocket(id);
  await next();
  socket.pause();
  const writes = 200;
  for (let n = 1; n <= writes; n += 1) {
    await push(String(n).padEnd(4, '.').repeat(20_000));
    expect(await next()).toMatchObject({ data: { frames: { version: n + 1 } } });
  }
  socket.ping();
  socket.resume();
  const pong = once(socket, 'pong');
  const versions: number[] = [];
  while (versions.at(-1) !== writes + 1) {
    const { payload } = JSON.parse(String((await messages.next()).value[0]));
    const { version, svg } = payload.data.frames;
    expect(svg).toBe(
      TEMPLATE.replace(
        '{{ pad }}',
        String(version - 1)
          .padEnd(4, '.')
          .repeat(20_000),
      ),
    );
    versions.push(version);
  }
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect(versions.length).toBeLessThan(writes);
  await pong;
});
