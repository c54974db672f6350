import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { rawRequest, readMultipart } from '../harness/multipart-reader.ts';
import { headersOf, STREAM_HEADERS } from './stream-headers.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

const api = (method: string, path: string, body?: unknown, headers?: object) =>
  call(app.url, method, path, body, headers);
let made = 0;
async function create(args: object = { n: 1 }, template = TEXT_TEMPLATE) {
  const name = `stream-${++made}`;
  expect((await api('POST', '/api/session', { session_id: name, template, args })).status).toBe(201);
  return name;
}
const push = async (name: string, n: unknown) =>
  expect((await api('PUT', `/api/session/${name}`, { args: { n } })).status).toBe(200);

describe('a multipart stream', () => {
  it('is, byte for byte, what the contract says', async () => {
    const name = await create();
    const stream = await readMultipart(app.port, `/stream/${name}`);
    expect(stream.head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(headersOf(stream.head)).toEqual({
      'content-type': 'multipart/x-mixed-replace; boundary=frame',
      vary: 'Accept, Accept-Encoding',
      ...STREAM_HEADERS,
    });
    await stream.until('>1<');
    await push(name, 2);
    await stream.until('>2<');
    const delimiter = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';
    const svg = (n: number) => TEXT_TEMPLATE.replace('{{ n }}', String(n));
    const body = stream.raw().slice(stream.head.length + 4);
    expect(body).toBe(`${delimiter}${svg(1).padEnd(1024)}\r\n${delimiter}${svg(2)}\r\n${delimiter}`);
  });

  it('carries every write to every viewer, in order, ending at the newest', async () => {
    const name = await create();
    const streams = await Promise.all([1, 2, 3].map(() => readMultipart(app.port, `/stream/${name}?fps=120`)));
    for (let n = 2; n <= 40; n += 1) await push(name, n);
    for (const stream of streams) {
      const seen: number[] = [];
      while (seen.at(-1) !== 40) seen.push(Number(/>(\d+)</.exec((await stream.next()) ?? '')?.[1]));
      expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    }
  });

  it('ends cleanly when its session is deleted', async () => {
    const owner = await bearer(app.url, 'zoe');
    await api('POST', '/api/user/zoe/session', { session_id: 'brief', template: TEXT_TEMPLATE }, owner);
    const stream = await readMultipart(app.port, '/stream/zoe/brief');
    await stream.next();
    await api('DELETE', '/api/user/zoe/session/brief', undefined, owner);
    expect(await stream.ended).toBe('clean');
  });

  it('ends cleanly when its session expires', async () => {
    await api('POST', '/api/session', { session_id: 'short', template: TEXT_TEMPLATE, expire: '1s' });
    const stream = await readMultipart(app.port, '/stream/short');
    expect(await stream.ended).toBe('clean');
  });

  it('ends cleanly when the server shuts down', async () => {
    const other = await runApp();
    await call(other.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE });
    const stream = await readMultipart(other.port, '/stream/s');
    await stream.next();
    await Promise.all([other.close(), stream.ended]);
    expect(await stream.ended).toBe('clean');
  });

  it('repeats the last frame on a silent stream', async () => {
    const name = await create();
    const stream = await readMultipart(app.port, `/stream/${name}?keep_alive=1`);
    const first = await stream.next();
    expect((await stream.next())?.trimEnd()).toBe(first?.trimEnd());
  });

  it('sends every frame twice when asked', async () => {
    const name = await create();
    const stream = await readMultipart(app.port, `/stream/${name}?double_frame=true`);
    const frames = [await stream.next(), await stream.next()];
    await push(name, 2);
    frames.push(await stream.next(), await stream.next());
    expect(frames.map((frame) => /> ?(\d)</.exec(frame ?? '')?.[1])).toEqual(['1', '1', '2', '2']);
  });

  it('keeps only the newest for a viewer who stopped reading, and never harms the others', async () => {
    const name = await create(
      { n: 1, pad: 'x' },
      '<svg xmlns="http://www.w3.org/2000/svg"><desc>{{ pad }}</desc>{{ n }}</svg>',
    );
    const pad = 'x'.repeat(200_000);
    const stalled = await readMultipart(app.port, `/stream/${name}?fps=120`);
    await stalled.next();
    stalled.pause();
    const reading = await readMultipart(app.port, `/stream/${name}?fps=120`);
    for (let n = 2; n <= 80; n += 1) {
      expect((await api('PUT', `/api/session/${name}`, { args: { n, pad } })).status).toBe(200);
    }
    await reading.until('</desc>80</svg>');
    stalled.resume();
    const seen: number[] = [];
    while (seen.at(-1) !== 80) seen.push(Number(/<\/desc>(\d+)</.exec((await stalled.next()) ?? '')?.[1]));
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(79);
  });

  it.each(['keep_alive=-1', 'keep_alive=1.5', 'keep_alive=', 'delayed_start=x', 'double_frame=1', 'fps=0', 'fps=121'])(
    '?%s is 400',
    async (query) => {
      const answer = await api('GET', `/stream/${await create()}?${query}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'BAD_USER_INPUT']);
    },
  );

  it('is a JSON 404 without a session, and its head alone for HEAD', async () => {
    const missing = await api('GET', '/stream/nobody/nothing');
    expect([missing.status, missing.body.code]).toEqual([404, 'NOT_FOUND']);
    const head = await api('HEAD', `/stream/${await create()}`);
    expect([head.status, head.headers.get('content-type'), head.text]).toEqual([
      200,
      'multipart/x-mixed-replace; boundary=frame',
      '',
    ]);
    expect((await api('HEAD', '/stream/nothing')).status).toBe(404);
  });

  it('answers a pipelined request behind another one', async () => {
    const name = await create();
    const socket = connect(app.port, '127.0.0.1');
    let received = '';
    const shown = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        received += chunk;
        if (received.includes('<text y="20">1</text>')) resolve();
      });
    });
    socket.write(rawRequest('/health') + rawRequest(`/stream/${name}`));
    await shown;
    socket.destroy();
    expect(received.indexOf('{"status":"ok"}')).toBeLessThan(received.indexOf('multipart/'));
  });

  it.each([
    ['a browser that navigates', ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'], '/session/a%20b/%C3%A9'],
    ['an old browser', ['Accept: text/html,*/*'], '/session/a%20b/%C3%A9'],
    ['an iframe', ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'], '/live/a%20b/%C3%A9'],
  ])('sends %s to a page', async (_who, headers, location) => {
    const stream = await readMultipart(app.port, '/stream/a%20b/%C3%A9', [...headers, 'Connection: close']);
    expect(stream.head).toMatch(/^HTTP\/1\.1 307/);
    expect(stream.head.toLowerCase()).toContain(`location: ${location.toLowerCase()}`);
  });

  it('gives an <img>, and a bot, the picture', async () => {
    const name = await create();
    const img = ['Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image', 'Accept: image/*,text/html'];
    expect((await readMultipart(app.port, `/stream/${name}`, img)).head).toContain('200 OK');
    const bot = ['Accept: text/html'];
    expect((await readMultipart(app.port, `/stream/${name}?as_bot=true`, bot)).head).toContain('200 OK');
  });
});

describe('a snapshot', () => {
  it('is the current frame with an ETag, 304 when it is known', async () => {
    const name = await create();
    const answer = await api('GET', `/snapshot/${name}`);
    expect([answer.status, answer.text]).toEqual([200, TEXT_TEMPLATE.replace('{{ n }}', '1')]);
    expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const etag = answer.headers.get('etag') ?? '';
    const known = await api('GET', `/snapshot/${name}`, undefined, { 'if-none-match': `"x", W/${etag}` });
    expect([known.status, known.text]).toEqual([304, '']);
    await push(name, 2);
    expect((await api('GET', `/snapshot/${name}`, undefined, { 'if-none-match': etag })).status).toBe(200);
  });

  it('takes .svg for decoration unless the name really ends so', async () => {
    await api('POST', '/api/session', { session_id: 'logo', template: TEXT_TEMPLATE, args: { n: 'plain' } });
    expect((await api('GET', '/snapshot/logo.svg')).text).toContain('plain');
    await api('POST', '/api/session', { session_id: 'logo.svg', template: TEXT_TEMPLATE, args: { n: 'exact' } });
    expect((await api('GET', '/snapshot/logo.svg')).text).toContain('exact');
    expect((await api('GET', '/snapshot/.svg')).status).toBe(404);
  });
});
