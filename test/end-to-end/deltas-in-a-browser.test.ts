import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser as Driven } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { EACH_BROWSER } from '../harness/each-browser.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { openEye } from '../harness/pixels.ts';
import { numbers } from '../harness/seeded-numbers.ts';
import { startServer } from '../harness/server-process.ts';
import { strangersPage } from '../harness/strangers-page.ts';
import { findWebkit, launchWebkit } from '../harness/webkit.ts';

/** Rows that mostly stay as they are, as many as are asked for, beneath the colour. */
const TEMPLATE = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">
{% for row in range(rows) %}<text x="{{ row }}" y="{{ row * row % 97 }}">{{ row * 7919 }}</text>
{% endfor %}<rect width="100" height="100" fill="{{ fill }}"/></svg>`;

/** Of the page. */
const BACKGROUND = '#808080';

const SOON = { timeout: 10_000, interval: 20 };

/** Long enough for a decoder that waits for more, and for a picture that is dropped. */
const A_WHILE_MS = 500;

interface Page {
  /** What a person sees in the middle of the image with this index. */
  colourOf(image: number): Promise<string>;
  /** How each of the page's streams is coded; null: the driver does not tell. */
  codings(): readonly (string | undefined)[] | null;
}

interface Browser {
  open(url: string): Promise<Page>;
  close(): Promise<void>;
}

/** A server with one session of a user, red at first. */
async function serve() {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off', '--rate-limits', 'off');
  const owner = await bearer(server.url, 'zoe');
  const session = { session_id: 'square', template: TEMPLATE, args: { fill: '#ff0000', rows: 20 } };
  expect((await call(server.url, 'POST', '/api/user/zoe/session', session, owner)).status).toBe(201);
  const path = '/api/user/zoe/session/square';
  return {
    ...server,
    stream: (query = '') => `${server.url}/stream/zoe/square${query}`,
    paint: (fill: string, rows = 20) => call(server.url, 'PUT', path, { args: { fill, rows } }, owner),
    remove: () => call(server.url, 'DELETE', path, undefined, owner),
    hide: () =>
      call(
        server.url,
        'POST',
        '/graphql',
        { query: 'mutation { updateSession(input: {id: "zoe/square", visibility: PRIVATE}) { version } }' },
        owner,
      ),
  };
}

type Server = Awaited<ReturnType<typeof serve>>;

const aWhile = () => new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));

function shows(launch: () => Promise<Browser>, { whenItEnds }: { readonly whenItEnds: boolean }) {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('shows each frame when it is written, goes on showing one that is repeated, and shows the next', async () => {
    const server = await serve();
    const page = await browser.open(await strangersPage(server.stream('?keep_alive=1000')));
    const shown = () => page.colourOf(0);
    await expect.poll(shown, SOON).toBe('#ff0000');
    expect(page.codings() ?? ['gzip']).toEqual(['gzip']);
    for (const fill of ['#00ff00', '#0000ff', '#ffff00']) {
      await server.paint(fill);
      await expect.poll(shown, SOON).toBe(fill);
    }
    // Whoever comes later has seen two repeats later.
    const viewer = await readMultipart(server.port, '/stream/zoe/square?keep_alive=1000');
    for (let repeat = 0; repeat < 3; repeat += 1) {
      expect(await viewer.next()).toContain('#ffff00');
      expect(await shown()).toBe('#ffff00');
    }
    await server.paint('#00ffff');
    await expect.poll(shown, SOON).toBe('#00ffff');
  });

  it('asks for a picture in words to which a stream of deltas is the answer', async () => {
    const server = await serve();
    const recorder = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1');
    onTestFinished(() => void recorder.close());
    await once(recorder, 'listening');
    const asked = once(recorder, 'request') as Promise<[IncomingMessage]>;
    await browser.open(await strangersPage(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}/`));
    const [{ headers }] = await asked;
    const likewise = { accept: headers.accept, 'accept-encoding': headers['accept-encoding'] };
    const answer = await call(server.url, 'HEAD', '/stream/zoe/square', undefined, likewise);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
  });

  it('ends each burst of updates at the newest: at every pace, with repeats, frames sent twice and of every size', async () => {
    const server = await serve();
    const queries = ['?fps=120', '?fps=4&keep_alive=1000', '?fps=30&double_frame=true'];
    const page = await browser.open(await strangersPage(...queries.map(server.stream)));
    const random = numbers(1);
    for (const [burst, rows] of [20, 900, 901, 40].entries()) {
      const fill = `#${['00', '40', '80', 'ff'][burst % 4]}${['ff', '00'][burst % 2]}${(16 + burst * 16).toString(16)}`;
      for (let n = random(8); n > 0; n -= 1) await server.paint('#808080', random(60));
      await server.paint(fill, rows);
      for (const image of queries.keys()) await expect.poll(() => page.colourOf(image), SOON).toBe(fill);
    }
  });

  if (!whenItEnds) return;

  it('shows nothing any more once the session is private', async () => {
    const server = await serve();
    const page = await browser.open(await strangersPage(server.stream()));
    await expect.poll(() => page.colourOf(0), SOON).toBe('#ff0000');
    expect((await server.hide()).body.errors).toBeUndefined();
    await expect.poll(() => page.colourOf(0), SOON).toBe(BACKGROUND);
  });

  it.each([
    ['the session is deleted', (server: Server) => server.remove()],
    ['the server shuts down', (server: Server) => server.kill('SIGTERM')],
    ['the server is killed', (server: Server) => server.kill('SIGKILL')],
  ])('keeps the last picture when %s', async (_how, end) => {
    const server = await serve();
    const page = await browser.open(await strangersPage(server.stream('?keep_alive=0')));
    const shown = () => page.colourOf(0);
    await expect.poll(shown, SOON).toBe('#ff0000');
    await server.paint('#00ff00');
    await expect.poll(shown, SOON).toBe('#00ff00');
    await end(server);
    await aWhile();
    expect(await shown()).toBe('#00ff00');
  });
}

async function watchedBy(browser: Driven): Promise<Browser> {
  const colourAt = await openEye(browser);
  return {
    async open(url) {
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      const streams = new Map<string, string | undefined>();
      page.on('response', (response) => {
        const { 'content-type': type = '', 'content-encoding': coding } = response.headers();
        if (type.startsWith('multipart/')) streams.set(response.url(), coding);
      });
      await page.goto(url);
      return { colourOf: (image) => colourAt(page, image * 100 + 50, 50), codings: () => [...streams.values()] };
    },
    close: () => browser.close(),
  };
}

describe.each(EACH_BROWSER)('deltas in an <img> of another origin in $browser', ({ available, launch }) => {
  describe.skipIf(!available)('that nobody asked for', () => {
    shows(async () => watchedBy(await launch()), { whenItEnds: true });
  });
});

/** Where it is installed, see CONTRIBUTING.md: `npm run setup` does not bring it. */
const webkit = [findWebkit() ?? []].flat();

describe.each(webkit)('deltas in an <img> of another origin in WebKitGTK ($driver)', (programs) => {
  const launch = async () => ({
    async open(url: string) {
      const page = await launchWebkit(programs);
      onTestFinished(page.close);
      await page.open(url);
      return { colourOf: (image: number) => page.colourAt(image * 100 + 50, 50), codings: () => null };
    },
    async close() {},
  });
  // At the end of any stream, a plain one too, it shows its sign for a broken image.
  shows(launch, { whenItEnds: false });
});
