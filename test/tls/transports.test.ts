import { once } from 'node:events';
import { request } from 'node:https';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { TEXT_TEMPLATE } from '../harness/api.ts';
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

const POST = { ':method': 'POST', 'content-type': 'application/json' };
const PUT = { ...POST, ':method': 'PUT' };
const WATCH = 'subscription ($id: ID!) { frames(sessionId: $id) { version } }';

let count = 0;

/** A session of its own for the test, at `n` 1. */
async function newSession(client: Http2Client): Promise<string> {
  count += 1;
  const body = { session_id: `s${count}`, template: TEXT_TEMPLATE, args: { n: 1 } };
  expect(await client.ask('/api/session', POST, JSON.stringify(body)).status).toBe(201);
  return body.session_id;
}

const push = (client: Http2Client, id: string, n: number) =>
  client.ask(`/api/session/${id}`, PUT, JSON.stringify({ args: { n } })).status;

const viewers = async (client: Http2Client) => {
  const { ended, received } = client.ask('/metrics');
  await ended;
  return Object.fromEntries(
    [...received().matchAll(/rsvg_viewers\{transport="(\w+)"\} (\d+)/g)].map(([, a, b]) => [a, b]),
  );
};

describe('over HTTP/2', () => {
  let client: Http2Client;
  beforeEach(async () => {
    client = await openHttp2(app.url);
  });

  it('every picture, subscription and request of a page shares one connection', async () => {
    const id = await newSession(client);
    const pictures = [1, 2, 3].map(() => client.ask(`/stream/${id}`));
    const subscription = JSON.stringify({ query: WATCH, variables: { id } });
    const events = client.ask('/graphql', { ...POST, accept: 'text/event-stream' }, subscription);
    await Promise.all([events.until('"version":1'), ...pictures.map(({ until }) => until('>1<'))]);
    expect(await viewers(client)).toEqual({ multipart: '3', sse: '1', websocket: '0' });

    expect(await push(client, id, 2)).toBe(200);
    await Promise.all([events.until('"version":2'), ...pictures.map(({ until }) => until('>2<'))]);

    for (const { stream } of [events, ...pictures]) stream.close();
    await expect.poll(() => viewers(client)).toEqual({ multipart: '0', sse: '0', websocket: '0' });
  });

  it('a stream has the headers of HTTP/1.1 without those of a connection, and ends with its session cleanly', async () => {
    const owner = client.ask('/api/auth/token', POST, '{"user_id":"alice","password":"pass word"}');
    await owner.ended;
    const authorization = `Bearer ${JSON.parse(owner.received()).token}`;
    const body = JSON.stringify({ session_id: 'mine', template: TEXT_TEMPLATE, args: { n: 1 } });
    await client.ask('/api/user/alice/session', { ...POST, authorization }, body).status;
    const picture = client.ask('/stream/alice/mine');
    const [headers] = await once(picture.stream, 'response');
    expect(headers).toMatchObject({
      ':status': 200,
      'content-type': 'multipart/x-mixed-replace; boundary=frame',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(Object.keys(headers)).not.toContain('connection');
    await picture.until('>1<');
    await client.ask('/api/user/alice/session/mine', { ':method': 'DELETE', authorization }).status;
    expect(await picture.ended).toBe('END_STREAM');
    expect(picture.received()).toMatch(/\r\n--frame\r\nContent-Type: image\/svg\+xml\r\n\r\n--frame--\r\n$/);
  });

  it('HEAD of a stream is its head alone, and of none 404', async () => {
    const id = await newSession(client);
    const head = client.ask(`/stream/${id}`, { ':method': 'HEAD' });
    expect([await head.status, await head.ended, head.received()]).toEqual([200, 'END_STREAM', '']);
    expect(await client.ask('/stream/none').status).toBe(404);
  });

  it('links begin with https and the :authority', async () => {
    const id = await newSession(client);
    const query = JSON.stringify({ query: `{ session(id: "${id}") { streamUrl } }` });
    const asked = client.ask('/graphql', { ...POST, ':authority': 'pictures.example:8443', host: 'other' }, query);
    await asked.ended;
    expect(asked.received()).toContain(`"https://pictures.example:8443/stream/${id}"`);
  });

  it.each([
    ['/', 200],
    ['/docs', 200],
    ['/openapi.json', 200],
    ['/graphql', 200],
    ['/ready', 200],
    ['/nothing', 404],
    [`/api/session/${'x'.repeat(2049)}`, 414],
    ['/api/session/%E0%A4%A', 400],
  ])('%s is %i, whole', async (path, status) => {
    const answer = client.ask(path, { accept: 'text/html' });
    expect([await answer.status, await answer.ended]).toEqual([status, 'END_STREAM']);
  });

  it('a method that a path does not have, and a body that is too long, are refused as over HTTP/1.1', async () => {
    const wrong = client.ask('/health', { ':method': 'DELETE' });
    const [headers] = await once(wrong.stream, 'response');
    expect([headers[':status'], headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const long = client.ask('/api/session', POST, JSON.stringify({ template: 'x'.repeat(4_000_000) }));
    expect(await long.status).toBe(413);
  });
});

describe('over HTTP/1.1', () => {
  it('a client that offers no HTTP/2 is served, on a connection that it may keep', async () => {
    const asked = request(`${app.url}/health`, { rejectUnauthorized: false }).end();
    const [response] = await once(asked, 'response');
    expect([response.httpVersion, response.statusCode, response.headers.connection]).toEqual([
      '1.1',
      200,
      'keep-alive',
    ]);
    response.resume();
  });

  it('a stream is delimited by the end of its connection', async () => {
    const id = await newSession(await openHttp2(app.url));
    const asked = request(`${app.url}/stream/${id}`, { rejectUnauthorized: false }).end();
    onTestFinished(() => void asked.destroy());
    const [response] = await once(asked, 'response');
    expect(response.headers).toMatchObject({ connection: 'close' });
    expect(response.headers).not.toHaveProperty('transfer-encoding');
    for await (const chunk of response) if (String(chunk).includes('>1<')) break;
  });

  it('WebSockets carry subscriptions', async () => {
    const client = await openHttp2(app.url);
    const id = await newSession(client);
    class Trusting extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { rejectUnauthorized: false });
      }
    }
    const url = `${app.url.replace('https', 'wss')}/graphql`;
    const sockets = createClient({ url, webSocketImpl: Trusting, retryAttempts: 0 });
    onTestFinished(() => void sockets.dispose());
    const versions = sockets.iterate<{ frames: { version: number } }>({ query: WATCH, variables: { id } });
    expect((await versions.next()).value?.data).toEqual({ frames: { version: 1 } });
    await push(client, id, 2);
    expect((await versions.next()).value?.data).toEqual({ frames: { version: 2 } });
    expect(await viewers(client)).toMatchObject({ websocket: '1' });
  });

  it('an upgrade to anything else is passed over, though the connection is encrypted already', async () => {
    const headers = { connection: 'Upgrade', upgrade: 'h2c' };
    const asked = request(`${app.url}/health`, { rejectUnauthorized: false, headers, agent: false }).end();
    const [response] = await once(asked, 'response');
    expect(response.statusCode).toBe(200);
    response.resume();
  });
});

it('plain HTTP is told in plain HTTP where it has come', async () => {
  const response = await fetch(`http://127.0.0.1:${app.port}/health`);
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: 'This port speaks HTTPS; begin the address with https://.', code: 'BAD_USER_INPUT' },
  ]);
});
