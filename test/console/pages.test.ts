import { describe, expect, test } from 'vitest';
import { notFoundPage } from '../../src/console/notice-pages.ts';
import { callerOf } from '../harness/callers.ts';
import { BASE, consoleServer } from './console-server.ts';

const POLICY =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors ";

/** Nothing in the page may need what the policy forbids, and no text may have become an element. */
function expectStrict(body: string) {
  expect(body).not.toMatch(/<script(?! src="\/assets\/[\w.-]+" defer><\/script>)/);
  expect(body).not.toMatch(/<style|\sstyle=|\son\w+=/);
}

describe('the welcome page', () => {
  test('shows the demo on its stream, and the steps with the real address', async () => {
    const { create, get } = await consoleServer({ demo: true });
    await create('demo');
    const { status, headers, body } = await get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(body).toContain('<img src="/stream/demo" alt="Live picture of demo" width="9" height="3">');
    expect(body).toContain(`curl ${BASE}/api/session `);
    expect(body).toContain('href="/graphql"');
    expect(body).toContain('href="/session/demo"');
    expectStrict(body);
  });

  test('offers each visitor a free name, the same in all steps', async () => {
    const { get } = await consoleServer();
    const names = await Promise.all(
      ['/', '/'].map(async (path) => [...new Set((await get(path)).body.match(/my-picture-\w+/g))]),
    );
    expect(names.map(({ length }) => length)).toEqual([1, 1]);
    expect(names[0]).not.toEqual(names[1]);
  });

  test.each([{ demo: false }, { demo: true }])('has no broken picture without a demo session (%j)', async (options) => {
    const { get } = await consoleServer(options);
    const { status, body } = await get('/');
    expect(status).toBe(200);
    expect(body).not.toContain('/stream/demo');
    expect(body).not.toContain('/session/demo');
  });
});

describe('the page of a session', () => {
  test('shows picture, facts and snippets of a public one', async () => {
    const { create, get } = await consoleServer();
    const { updatedAt } = await create('price', { text: 'EUR', n: 1 });
    const { status, headers, body } = await get('/session/price');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(body).toContain('<img src="/stream/price"');
    expect(body).toContain('<dd data-fact="version">1</dd>');
    expect(body).toContain(`datetime="${new Date(updatedAt).toISOString()}"`);
    expect(body).toContain('data-ttl-ms="86400000"');
    expect(body).toContain(`&lt;img src=&quot;${BASE}/stream/price&quot; alt=&quot;price&quot;&gt;`);
    expect(body).toContain(`[![price](${BASE}/snapshot/price)](${BASE}/session/price)`);
    expect(body).toContain('{&quot;args&quot;:{&quot;text&quot;:&quot;Hello from curl&quot;}}');
    expectStrict(body);
  });

  test('shows nothing of what an owned one is made of', async () => {
    const { sessions, get } = await consoleServer();
    const owned = { name: 'chart', public: false, template: '<svg><!-- inner --></svg>', args: { secret: 'hunter2' } };
    await sessions.create(callerOf('alice'), owned);
    const { status, body } = await get('/session/alice/chart');
    expect(status).toBe(200);
    expect(body).toContain('<img src="/stream/alice/chart"');
    expect(body).toContain('only <bdi>alice</bdi>');
    expect(body).toContain('<dd>never</dd>');
    for (const hidden of ['secret', 'hunter2', 'inner', 'curl']) expect(body).not.toContain(hidden);
  });

  test('is found again by each address that it gives away', async () => {
    const { create, get } = await consoleServer();
    await create("it's (1)!");
    const [, path = ''] = /\(https:\/\/pictures\.example(\/session\/[^)]+)\)/.exec(
      (await get(`/session/${encodeURIComponent("it's (1)!")}`)).body,
    ) ?? [''];
    expect((await get(path)).status).toBe(200);
  });

  test.each(['"><script>alert(1)', "'onload='x", '🎉'.repeat(128), '&lt;', '{{7*7}}', 'a\u202eb', '<!--'])(
    'cannot be left by a session named %j',
    async (name) => {
      const { create, get } = await consoleServer();
      await create(name, { [name]: name });
      for (const kind of ['session', 'live']) {
        const { status, body } = await get(`/${kind}/${encodeURIComponent(name)}`);
        expect(status).toBe(200);
        expect(body).not.toContain('<script>');
        expect(body).not.toContain('<!--');
        expectStrict(body);
      }
    },
  );

  test.each(['/session/nope', '/session/alice/nope', `/session/${encodeURIComponent('"><script>')}`])(
    'is a helpful 404 when there is none: %s',
    async (path) => {
      const { get } = await consoleServer();
      const { status, headers, body } = await get(path);
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('No such session');
      expectStrict(body);
    },
  );

  test.each(['/session/%00', '/session/..%2Fx', `/session/${'x'.repeat(129)}`, '/live/%07'])(
    'is a 404 that explains when no session can have the name: %s',
    async (path) => {
      const { get } = await consoleServer();
      const { status, body } = await get(path);
      expect(status).toBe(404);
      expect(body).toContain('That is no session name');
    },
  );
});

describe('the bare page', () => {
  test('holds the picture alone and may be framed by anybody', async () => {
    const { create, get } = await consoleServer();
    await create('price');
    const { status, headers, body } = await get('/live/price');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toBe(`${POLICY}*`);
    expect(headers['x-frame-options']).toBeUndefined();
    expect(body).toContain('<img src="/stream/price"');
    expect(body).not.toContain('<header');
    expectStrict(body);
  });

  test('waits for a session that is not there yet', async () => {
    const { get } = await consoleServer();
    const { status, headers, body } = await get('/live/alice/soon');
    expect(status).toBe(404);
    expect(headers['content-security-policy']).toBe(`${POLICY}*`);
    expect(body).toContain('data-live="alice/soon"');
    expect(body).not.toContain('<img');
  });
});

test('without a store every page says so, as a page', async () => {
  const { get } = await consoleServer({ demo: true, storeAway: true });
  for (const path of ['/', '/session/price', '/live/alice/price']) {
    const { status, headers, body } = await get(path);
    expect(status).toBe(503);
    expect(headers['content-security-policy']).toBe(`${POLICY}'none'`);
    expect(body).toContain('The store does not answer');
  }
});

describe('what pages load', () => {
  test('is named by its content, kept for ever, and of the right type', async () => {
    const { create, get } = await consoleServer({ demo: true });
    await create('demo');
    const pages = await Promise.all(['/', '/session/demo', '/live/demo', '/session/nope'].map(get));
    const paths = new Set(pages.flatMap(({ body }) => body.match(/\/assets\/[\w.-]+/g) ?? []));
    expect(paths.size).toBe(7);
    for (const path of paths) {
      const { status, headers } = await get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['x-content-type-options']).toBe('nosniff');
      const type = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml' };
      expect(headers['content-type']).toBe(type[path.split('.').at(-1) as keyof typeof type]);
    }
  });

  test('is nothing but what is there', async () => {
    const { get } = await consoleServer();
    expect((await get('/assets/page.css')).status).toBe(404);
    expect((await get('/assets/..%2fhtml.ts')).status).toBe(404);
  });
});

test('a path at which nothing is gets a page that leads on', () => {
  expect(notFoundPage()).toContain('Nothing here');
  expect(notFoundPage()).toContain('href="/"');
  expectStrict(notFoundPage());
});
