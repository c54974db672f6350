import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { call } from '../harness/api.ts';
import { EACH_BROWSER } from '../harness/each-browser.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { type ColourAt, openEye } from '../harness/pixels.ts';
import { startServer } from '../harness/server-process.ts';
import { strangersPage } from '../harness/strangers-page.ts';
import { findWebkit, launchWebkit } from '../harness/webkit.ts';

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="{{ fill }}"/></svg>';

/** The picture follows within milliseconds; a frame shown one late would never come. */
const SOON = { timeout: 5000, interval: 20 };

const TWO_PAINTS = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** A server with a red square in the session `square`. */
async function serveSquare() {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off');
  const session = { session_id: 'square', template: SQUARE, args: { fill: '#ff0000' } };
  expect((await call(server.url, 'POST', '/api/session', session)).status).toBe(201);
  const paint = (fill: string) => call(server.url, 'PUT', '/api/session/square', { args: { fill } });
  return { ...server, paint };
}

/** Of the plain stream. What an `<img>` is sent otherwise: deltas-in-a-browser.test.ts. */
describe.each(EACH_BROWSER)('an <img> on a page of another origin in $browser', ({ available, launch }) => {
  describe.skipIf(!available)('as it is loaded', () => {
    let browser: Browser;
    let colourAt: ColourAt;
    beforeAll(async () => {
      browser = await launch();
      colourAt = await openEye(browser);
    });
    afterAll(() => browser.close());

    /** What is seen of the stream, and a way to wait until the page is painted again. */
    async function watch(stream: string) {
      const page = await browser.newPage();
      onTestFinished(() => page.close());
      await page.goto(await strangersPage(stream));
      return { shown: () => colourAt(page, 50, 50), painted: () => page.evaluate(TWO_PAINTS) };
    }

    it('shows each frame when it is written, not one late, and the last one after the server was killed', async () => {
      const server = await serveSquare();
      const { shown, painted } = await watch(`${server.url}/stream/square?delta=false&keep_alive=0`);
      await expect.poll(shown, SOON).toBe('#ff0000');

      for (const fill of ['#00ff00', '#0000ff', '#ffff00', '#00ffff']) {
        await server.paint(fill);
        await expect.poll(shown, SOON).toBe(fill);
      }

      await server.kill('SIGKILL');
      // A picture that is dropped vanishes with the connection: two more paints are enough to see it.
      await painted();
      expect(await shown()).toBe('#00ffff');
    });

    it('goes on showing a frame that is repeated', async () => {
      const server = await serveSquare();
      const { shown } = await watch(`${server.url}/stream/square?delta=false&keep_alive=1000`);
      await expect.poll(shown, SOON).toBe('#ff0000');
      // Whoever comes later has seen two repeats later.
      const viewer = await readMultipart(server.port, '/stream/square?keep_alive=1000');
      for (let repeat = 0; repeat < 3; repeat += 1) {
        expect(await viewer.next()).toContain('#ff0000');
        expect(await shown()).toBe('#ff0000');
      }
      await server.paint('#00ff00');
      await expect.poll(shown, SOON).toBe('#00ff00');
    });
  });
});

/** Where it is installed, see CONTRIBUTING.md: `npm run setup` does not bring it. */
const webkit = [findWebkit() ?? []].flat();

describe.each(webkit)('an <img> on a page of another origin in WebKitGTK ($driver)', (programs) => {
  it('shows each frame when it is written, not one late', async () => {
    const server = await serveSquare();
    const page = await launchWebkit(programs);
    onTestFinished(page.close);
    await page.open(await strangersPage(`${server.url}/stream/square?delta=false`));
    const shown = () => page.colourAt(50, 50);
    await expect.poll(shown, { timeout: 20_000 }).toBe('#ff0000');

    for (const fill of ['#00ff00', '#0000ff', '#ffff00', '#00ffff']) {
      await server.paint(fill);
      await expect.poll(shown, SOON).toBe(fill);
    }
  });
});
