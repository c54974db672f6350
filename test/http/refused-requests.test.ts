import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { rawRequest, readMultipart } from '../harness/multipart-reader.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.close());

/** Sends bytes and reads until the server ends the connection. */
async function exchange(bytes: string) {
  const socket = connect(app.port, '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  socket.write(bytes);
  await once(socket, 'end');
  const [head = '', body = ''] = received.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: JSON.parse(body) };
}

describe('HEAD', () => {
  it.each([
    ...[
      '/health',
      '/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/',
      '/session/shown',
      '/live/shown',
      '/snapshot/shown',
    ],
    ...['/.well-known/jwks.json', '/api/auth/jwks', '/api/session/shown', '/api/session/none', '/api/auth/me', '/none'],
    ...['/graphql', '/graphql?query={me{id}}', '/graphql?query=mutation{signOut}'],
  ])('%s is answered as GET is, without the body', async (path) => {
    await call(app.url, 'POST', '/api/session', { session_id: 'shown', template: TEXT_TEMPLATE, args: { n: 1 } });
    const [get, head] = [await call(app.url, 'GET', path), await call(app.url, 'HEAD', path)];
    const told = ({ status, headers }: typeof get) => {
      return [status, ...['content-type', 'content-length', 'etag', 'allow'].map((name) => headers.get(name))];
    };
    // It counts what it is asked.
    if (path === '/metrics') expect([head.status, head.text]).toEqual([200, '']);
    else expect([...told(head), head.text]).toEqual([...told(get), '']);
  });
});

describe('a known path with another method', () => {
  it.each([
    ['DELETE', '/api/session/x', 'GET, HEAD, PUT, PATCH, OPTIONS'],
    ['POST', '/api/session/x', 'GET, HEAD, PUT, PATCH, OPTIONS'],
    ['GET', '/api/session', 'POST, OPTIONS'],
    ['GET', '/api/auth/token', 'POST, OPTIONS'],
    ['PUT', '/api/user/alice/session', 'GET, HEAD, POST, OPTIONS'],
    ['POST', '/api/user/alice/session/a%2Fb?x=1', 'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'],
    ['POST', '/stream/x', 'GET, HEAD, OPTIONS'],
    ['PROPFIND', '/snapshot/a/b', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/health', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allowed) => {
    const answer = await call(app.url, method, path, undefined, { origin: 'https://example.com' });
    expect([answer.status, answer.body.code]).toEqual([405, 'BAD_USER_INPUT']);
    expect(answer.headers.get('allow')).toBe(allowed);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('is refused before its token and body are looked at', async () => {
    const headers = { 'content-type': 'text/plain', authorization: 'Bearer nonsense' };
    expect((await call(app.url, 'POST', '/api/session/x', 'x', headers)).status).toBe(405);
  });

  it('is not found where no method has the path', async () => {
    const answer = await call(app.url, 'POST', '/api/nothing', '{}');
    expect([answer.status, answer.body.code, answer.headers.get('allow')]).toEqual([404, 'NOT_FOUND', null]);
  });
});

describe('OPTIONS without the headers of a preflight', () => {
  it.each([
    ['/api/session/x', 'GET, HEAD, PUT, PATCH, OPTIONS'],
    ['/api/user/alice/sessions', 'GET, HEAD, OPTIONS'],
    ['/graphql', 'GET, HEAD, POST, OPTIONS'],
  ])('%s says what is allowed', async (path, allowed) => {
    const answer = await call(app.url, 'OPTIONS', path);
    expect([answer.status, answer.text, answer.headers.get('allow')]).toEqual([204, '', allowed]);
  });

  it('is 404 where nothing is', async () => {
    const answer = await call(app.url, 'OPTIONS', '/api/nothing');
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('in our words are refused', () => {
  it('a part of a path that is too long', async () => {
    const answer = await call(app.url, 'GET', `/api/session/${'x'.repeat(2049)}`);
    expect([answer.status, answer.body]).toEqual([414, { error: expect.any(String), code: 'BAD_USER_INPUT' }]);
  });

  it('a path that is not percent-encoded', async () => {
    const answer = await call(app.url, 'GET', '/api/session/%E0%A4%A');
    expect([answer.status, answer.body]).toEqual([400, { error: expect.any(String), code: 'BAD_USER_INPUT' }]);
  });

  it.each([
    ['/session/%zz', 404, 'text/html'],
    ['/edit/alice/%E0%A4%A', 404, 'text/html'],
    [`/session/${'x'.repeat(2049)}`, 404, 'text/html'],
    ['/api/session/%zz', 400, 'application/json'],
    ['/stream/%zz', 400, 'application/json'],
  ])('%s, for a person by a page: %i', async (path, status, type) => {
    const answer = await fetch(app.url + path, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, `${type}; charset=utf-8`]);
    if (type === 'text/html') expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(app.url + path)).headers.get('content-type')).toMatch(/^application\/json/);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a method that is none', 'NONSENSE / HTTP/1.1\r\nHost: test\r\n\r\n'],
    ['a header without a name', 'GET /health HTTP/1.1\r\nHost: test\r\n: x\r\n\r\n'],
    ['two lengths', rawRequest('/api/session', ['Content-Length: 1', 'Content-Length: 2'], 'POST')],
    ['a chunk without a length', `${rawRequest('/api/session', ['Transfer-Encoding: chunked'], 'POST')}zz\r\n`],
    ['HTTP/2 in clear text', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    const { status, head, body } = await exchange(bytes);
    expect([status, body]).toEqual([400, { error: expect.any(String), code: 'BAD_USER_INPUT' }]);
    expect(head).toContain('Connection: close');
    expect(head).toContain('Content-Type: application/json; charset=utf-8');
  });

  it('headers of a megabyte, to a client that sends them all before it reads', async () => {
    const { status, body } = await exchange(rawRequest('/health', [`X-Large: ${'x'.repeat(1_000_000)}`]));
    expect([status, body]).toEqual([431, { error: expect.any(String), code: 'PAYLOAD_TOO_LARGE' }]);
  });
});

it('nonsense behind the request of a stream ends it without a byte between its frames', async () => {
  await call(app.url, 'POST', '/api/session', { session_id: 'watched', template: TEXT_TEMPLATE, args: { n: 1 } });
  const socket = connect(app.port, '127.0.0.1').setEncoding('utf8');
  let received = '';
  const started = new Promise<void>((resolve) => {
    socket.on('data', (text) => {
      received += text;
      if (received.includes('</svg>')) resolve();
    });
  });
  const closed = once(socket, 'close');
  socket.on('error', () => {});
  socket.write(rawRequest('/stream/watched'));
  await started;
  socket.write('nonsense\r\n\r\n');
  await closed;
  expect(received).toContain('>1</text>');
  expect(received).not.toContain('BAD_USER_INPUT');
  // Another viewer is none the worse for it.
  const viewer = await readMultipart(app.port, '/stream/watched');
  expect(await viewer.next()).toContain('>1</text>');
  viewer.close();
});

describe('a compressed body', () => {
  it.each(['/api/session', '/graphql'])(
    'at %s is 415, and the answer says which coding would be taken',
    async (path) => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const answer = await fetch(app.url + path, { method: 'POST', headers, body: Buffer.from([0x1f, 0x8b, 8, 0]) });
      expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
      expect(await answer.text()).toMatch(/gzip.*without that header.*UNSUPPORTED_MEDIA_TYPE/);
    },
  );
});

describe('what node would refuse in its own words, or let pass,', () => {
  it.each([
    ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two Hosts', 'GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n', 400],
    [
      'an expectation that nobody knows',
      'POST /api/session HTTP/1.1\r\nHost: a\r\nExpect: 200-maybe\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
      417,
    ],
    ['a tunnel', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
  ])('%s is refused as everything is', async (_what, bytes, status) => {
    const answer = await exchange(bytes);
    expect([answer.status, answer.body.code]).toEqual([status, 'BAD_USER_INPUT']);
  });

  it('a request of HTTP/1.0 needs no Host', async () => {
    expect((await exchange('GET /health HTTP/1.0\r\n\r\n')).body).toEqual({ status: 'ok' });
  });
});

describe('a body that is too long', () => {
  it.each([
    ['POST', '/api/session'],
    ['PUT', '/api/session/x'],
    ['POST', '/graphql'],
  ])('is answered, not cut off, though the client still sends it: %s %s', async (method, path) => {
    const body = JSON.stringify({
      session_id: 'long',
      template: 'x'.repeat(8_000_000),
      args: {},
      query: '{ me { id } }',
    });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const response = await fetch(app.url + path, { method, body, headers: { 'content-type': 'application/json' } });
      expect(response.status).toBe(413);
      expect(await response.text()).toContain('PAYLOAD_TOO_LARGE');
    }
  });
});
