import { describe, expect, test } from 'vitest';
import { callerOf } from '../harness/callers.ts';
import { BASE, consoleServer } from './console-server.ts';

const POLICY =
  "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors ";

/** Nothing in the page may need what the policy forbids, and no text may have become an element. */
function expectStrict(body: string) {
  expect(body).not.toMatch(
    /<script(?!(?: type="module")? src="\/(?:assets\/[\w.-]+|embed\.js)"(?: defer)?><\/script>)/,
  );
  expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/);
}

/** What the document tells the console. */
function settingsIn(body: string): unknown {
  const [, attribute = ''] = /data-settings="([^"]*)"/.exec(body) ?? [];
  return JSON.parse(attribute.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'));
}

test.each(['/', '/sessions', '/new', '/keys', '/account', '/sign-in'])(
  '%s is the document of the console, strict and with what the server knows',
  async (path) => {
    const { get } = await consoleServer();
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(settingsIn(body)).toEqual({ base: BASE, demo: null, anonymousWrites: true, signUp: true });
    expectStrict(body);
  },
);

describe.each(['session', 'edit'])('/%s/…', (kind) => {
  test('names the picture and shows it where no script runs', async () => {
    const { create, get } = await consoleServer();
    await create('price', { text: 'EUR' });
    const { status, headers, body } = await get(`/${kind}/price`);
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(body).toContain('<title>price · realtime-svg</title>');
    expect(body).toContain('<img src="/stream/price" alt="Live picture of price" width="9" height="3">');
    expectStrict(body);
  });

  test('shows nothing of what an owned one is made of', async () => {
    const { sessions, get } = await consoleServer();
    const owned = { name: 'chart', public: false, template: '<svg><!-- inner --></svg>', args: { secret: 'hunter2' } };
    await sessions.create(callerOf('alice'), owned);
    const { status, body } = await get(`/${kind}/alice/chart`);
    expect(status).toBe(200);
    expect(body).toContain('<img src="/stream/alice/chart"');
    for (const hidden of ['secret', 'hunter2', 'inner']) expect(body).not.toContain(hidden);
  });

  test.each(['/nope', '/alice/nope', `/${encodeURIComponent('"><script>')}`, '/%00', '/..%2Fx', `/${'x'.repeat(129)}`])(
    'is a page with status 404 when there is none: %s',
    async (path) => {
      const { get } = await consoleServer();
      const { status, headers, body } = await get(`/${kind}${path}`);
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('id="app"');
      expectStrict(body);
    },
  );
});

test.each(['"><script>alert(1)', "'onload='x", '🎉'.repeat(128), '&lt;', '{{7*7}}', 'a\u202eb', '<!--'])(
  'no page can be left by a session named %j',
  async (name) => {
    const { create, get } = await consoleServer();
    await create(name, { [name]: name });
    for (const kind of ['session', 'edit', 'live']) {
      const { status, body } = await get(`/${kind}/${encodeURIComponent(name)}`);
      expect(status).toBe(200);
      expect(body).not.toContain('<script>');
      expect(body).not.toContain('<!--');
      expectStrict(body);
    }
  },
);

describe('the bare page', () => {
  test('holds the picture alone and may be framed by anybody', async () => {
    const { create, get } = await consoleServer();
    await create('price');
    const { status, headers, body } = await get('/live/price');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(`${POLICY}*`);
    expect(headers['x-frame-options']).toBeUndefined();
    expect(body).toContain('<img src="/stream/price"');
    expect(body).not.toContain('id="app"');
    expectStrict(body);
  });

  test('waits for a session that is not there yet', async () => {
    const { get } = await consoleServer();
    const { status, headers, body } = await get('/live/alice/soon');
    expect(status).toBe(404);
    expect(headers['content-security-policy']).toBe(`${POLICY}*`);
    expect(body).toContain('<live-svg src="/stream/alice/soon"');
    expect(body).not.toContain('<img');
  });

  test('is a page with status 404 when no session can have the name', async () => {
    const { get } = await consoleServer();
    expect(await get('/live/%07')).toMatchObject({ status: 404 });
  });
});

test('without a store every page of a session says so, as a page', async () => {
  const { get } = await consoleServer({ storeAway: true });
  for (const path of ['/session/price', '/edit/price', '/live/alice/price']) {
    const { status, headers, body } = await get(path);
    expect(status).toBe(503);
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(body).toContain('The store does not answer');
    expectStrict(body);
  }
});

describe('what pages load', () => {
  const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };

  async function loaded() {
    const { create, get } = await consoleServer();
    await create('demo');
    const pages = await Promise.all(['/', '/session/demo', '/live/demo', '/session/nope'].map((path) => get(path)));
    const paths = new Set(pages.flatMap(({ body }) => body.match(/\/assets\/[\w.-]+/g) ?? []));
    return { get, paths: [...paths] };
  }

  test('is named by its content, kept for ever, and of the right type', async () => {
    const { get, paths } = await loaded();
    expect(paths.length).toBeGreaterThanOrEqual(5);
    for (const path of paths) {
      const { status, headers } = await get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-type']).toBe(types[path.split('.').at(-1) as keyof typeof types]);
    }
  });

  test('is nothing but what is there', async () => {
    const { get } = await consoleServer();
    expect((await get('/assets/console.css')).status).toBe(404);
    expect((await get('/assets/..%2fhtml.ts')).status).toBe(404);
    expect((await get('/assets/..%2fmanifest.json')).status).toBe(404);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
  ])('comes in the smallest form that the browser takes: %s', async (accepted, encoding) => {
    const { get, paths } = await loaded();
    const script = paths.find((path) => /console-.*\.js$/.test(path)) ?? '';
    const { headers, body } = await get(script, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('accept-encoding');
    if (encoding === undefined) expect(body).toContain('realtime-svg');
  });
});
