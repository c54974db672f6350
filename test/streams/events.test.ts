import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp, runApp } from '../harness/app.ts';
import { readEvents } from '../harness/event-source.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { rawRequest } from '../harness/multipart-reader.ts';
import { openRaw } from '../harness/raw-connection.ts';
import { type RedisServer, redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';
import { headersOf, STREAM_HEADERS } from './stream-headers.ts';

const svg = (n: unknown) => TEXT_TEMPLATE.replace('{{ n }}', String(n));
const stores = [['the embedded store', false], ...(redisAvailable ? [['Redis', true] as const] : [])] as const;

describe.each(stores)('an event stream, on %s', (_store, onRedis) => {
  let redis: RedisServer | null = null;
  let app: RunningApp;
  beforeAll(async () => {
    redis = onRedis ? await startRedisServer() : null;
    app = await runApp(redis === null ? {} : { redisUrl: redis.url });
  });
  afterAll(async () => {
    await app.close();
    await redis?.dispose();
  });

  const api = (method: string, path: string, body?: unknown, headers?: object) =>
    call(app.url, method, path, body, headers);
  let made = 0;
  async function create(args: object = { n: 1 }) {
    const name = `events-${++made}`;
    expect((await api('POST', '/api/session', { session_id: name, template: TEXT_TEMPLATE, args })).status).toBe(201);
    return name;
  }
  const push = async (name: string, n: unknown) =>
    expect((await api('PUT', `/api/session/${name}`, { args: { n } })).status).toBe(200);
  const watch = (path: string, headers?: Record<string, string>) => readEvents(`${app.url}/sse/${path}`, headers);
  const etag = async (path: string) => (await api('GET', `/snapshot/${path}`)).headers.get('etag')?.slice(1, -1) ?? '';

  it('begins with the current frame and goes on with every newer one, as bytes that end with the connection', async () => {
    const name = await create();
    const raw = await openRaw(app.port, rawRequest(`/sse/${name}`));
    await raw.until('>1<');
    await push(name, 2);
    const [head = '', ...rest] = (await raw.until('>2</text></svg>\n\n')).split('\r\n\r\n');
    const id = (await etag(name)).replace(/\.\d+$/, '');
    expect(rest.join('\r\n\r\n').replace(/^retry: \d+/, 'retry: …')).toBe(
      `retry: …\n\n:\n\nid: ${id}.1\nevent: frame\ndata: ${svg(1)}\n\nid: ${id}.2\nevent: frame\ndata: ${svg(2)}\n\n`,
    );
    expect(headersOf(head)).toEqual({ 'content-type': 'text/event-stream', ...STREAM_HEADERS });
  });

  it('tells viewers to come back after different times, all of them soon', async () => {
    const name = await create();
    const times = new Set<number>();
    for (let n = 0; n < 8; n += 1) {
      const viewer = await watch(name);
      await viewer.next();
      times.add(viewer.parser.retryMs ?? 0);
      viewer.close();
    }
    expect(times.size).toBeGreaterThan(1);
    for (const ms of times) expect([ms >= 500, ms <= 2500]).toEqual([true, true]);
  });

  it('does not send the frame again that Last-Event-ID names, but every other', async () => {
    const name = await create();
    const current = await etag(name);
    const viewer = await watch(name, { 'last-event-id': current });
    await viewer.comment();
    await push(name, 2);
    expect(await viewer.next()).toEqual({ type: 'frame', data: svg(2), lastEventId: await etag(name) });
    for (const id of [current, 'another.2', 'nonsense']) {
      expect((await (await watch(name, { 'last-event-id': id })).next())?.data).toBe(svg(2));
    }
  });

  it('says that the session is gone when it is deleted, and 204 to whoever comes back, until it is made again', async () => {
    const owner = await bearer(app.url, 'zoe');
    const session = { session_id: 'brief', template: TEXT_TEMPLATE, args: { n: 'old' } };
    await api('POST', '/api/user/zoe/session', session, owner);
    const viewer = await watch('zoe/brief');
    const { lastEventId = '' } = (await viewer.next()) ?? {};
    await api('DELETE', '/api/user/zoe/session/brief', undefined, owner);
    expect(await viewer.next()).toEqual({ type: 'gone', data: '', lastEventId });
    expect(await viewer.next()).toBeNull();
    const back = await api('GET', '/sse/zoe/brief', undefined, { 'last-event-id': lastEventId });
    expect([back.status, back.text]).toEqual([204, '']);
    await api('POST', '/api/user/zoe/session', { ...session, args: { n: 'new' } }, owner);
    const again = await watch('zoe/brief', { 'last-event-id': lastEventId });
    expect((await again.next())?.data).toBe(svg('new'));
  });

  it('says that the session is gone when it expires', async () => {
    await api('POST', '/api/session', { session_id: 'short', template: TEXT_TEMPLATE, expire: '1s' });
    const viewer = await watch('short');
    expect((await viewer.next())?.type).toBe('frame');
    expect((await viewer.next())?.type).toBe('gone');
  });

  it('keeps only the newest for a viewer who stopped reading, and never harms the others', async () => {
    const pad = 'x'.repeat(200_000);
    const name = `slow-${++made}`;
    const template = '<svg xmlns="http://www.w3.org/2000/svg"><desc>{{ pad }}</desc>{{ n }}</svg>';
    await api('POST', '/api/session', { session_id: name, template, args: { n: 1, pad: 'x' } });
    const stalled = await watch(`${name}?fps=120`);
    await stalled.next();
    stalled.pause();
    const reading = await watch(`${name}?fps=120`);
    for (let n = 2; n <= 80; n += 1) await api('PUT', `/api/session/${name}`, { args: { n, pad } });
    while (!(await reading.next())?.data.endsWith('>80</svg>'));
    stalled.resume();
    const seen: number[] = [];
    while (seen.at(-1) !== 80) seen.push(Number(/<\/desc>(\d+)</.exec((await stalled.next())?.data ?? '')?.[1]));
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(79);
  });

  it('sends a comment when it has been silent for the time asked for, and counts among the viewers', async () => {
    const name = await create();
    const viewer = await watch(`${name}?keep_alive=1`);
    await viewer.next();
    expect((await api('GET', '/metrics')).text).toMatch(/^rsvg_viewers\{transport="sse"\} [1-9]/m);
    await viewer.comment();
  });

  it.each(['keep_alive=-1', 'keep_alive=1.5', 'fps=0', 'fps=121', 'fps=x'])('?%s is 400', async (query) => {
    const answer = await api('GET', `/sse/${await create()}?${query}`);
    expect([answer.status, answer.body.code]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('is a JSON 404 without a session, and its head alone for HEAD', async () => {
    const missing = await api('GET', '/sse/nobody/nothing');
    expect([missing.status, missing.body.code]).toEqual([404, 'NOT_FOUND']);
    const head = await api('HEAD', `/sse/${await create()}`);
    expect([head.status, head.headers.get('content-type'), head.text]).toEqual([200, 'text/event-stream', '']);
    expect((await api('HEAD', '/sse/nothing')).status).toBe(404);
    const nowhere = await api('GET', '/sse/a/b/c', undefined, { accept: 'text/html' });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('a server that takes no more viewers', () => {
  it('is 503 to a new one, and tells one who comes back to try again: EventSource would give up at 503', async () => {
    const app = await appForTest({ maxViewers: 1 });
    await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE });
    const viewer = await readEvents(`${app.url}/sse/s`);
    const { lastEventId = '' } = (await viewer.next()) ?? {};
    expect((await call(app.url, 'GET', '/sse/s')).status).toBe(503);
    const back = await readEvents(`${app.url}/sse/s`, { 'last-event-id': lastEventId });
    expect([back.status, back.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(await back.next()).toBeNull();
    expect(back.parser.retryMs).toBeGreaterThan(10_000);
  });

  it('ends the streams it has when it shuts down, without a word that the session is gone', async () => {
    const app = await runApp();
    await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE });
    const viewer = await readEvents(`${app.url}/sse/s`);
    expect((await viewer.next())?.type).toBe('frame');
    const closed = app.close();
    expect(await viewer.next()).toBeNull();
    await closed;
  });
});

it('comes over HTTP/2 as well, its end that of the stream', async () => {
  const files = pemFolder();
  onTestFinished(files.remove);
  const { cert, key } = makeSelfSigned();
  const app = await appForTest({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
  const client = await openHttp2(app.url);
  const owner = await bearer(app.url, 'zoe');
  await call(
    app.url,
    'POST',
    '/api/user/zoe/session',
    { session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } },
    owner,
  );
  const events = client.ask('/sse/zoe/s');
  expect(await events.status).toBe(200);
  await events.until('>1<');
  await call(app.url, 'PUT', '/api/user/zoe/session/s', { args: { n: 2 } }, owner);
  await events.until('>2<');
  await call(app.url, 'DELETE', '/api/user/zoe/session/s', undefined, owner);
  expect(await events.ended).toBe('END_STREAM');
  expect(events.received()).toMatch(/\n\nevent: gone\ndata:\n\n$/);
});
