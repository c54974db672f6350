import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { openEye } from '../harness/pixels.ts';
import { startServer } from '../harness/server-process.ts';
import { servePage } from '../harness/strangers-page.ts';
import { BROWSERS } from './tabs.ts';

const FIELD = '<svg viewBox="0 0 10 10"><rect width="10" height="10" fill="{{ fill }}"/></svg>';
const COUNT = 200;
const names = Array.from({ length: COUNT }, (_, at) => `field ${at}`);
/** Twenty in a row, each 20 × 20: below their marks, and here and there. */
const POINTS = [0, 19, 77, 142, 199].map((at) => [(at % 20) * 20 + 3, Math.floor(at / 20) * 20 + 17] as const);

/** Counts what the page opens, and what it keeps. */
const COUNTERS = `<script>
  window.sockets = 0;
  window.blobs = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const url = createObjectURL.call(URL, blob);
    blobs.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    blobs.delete(url);
    revokeObjectURL.call(URL, url);
  };
  const Real = WebSocket;
  window.WebSocket = class extends Real {
    constructor(...args) {
      super(...args);
      sockets += 1;
    }
  };
</script>`;

/** Two servers and a browser start, one after the other. */
const TIMEOUT_MS = 400_000;
const SOON = { timeout: 40_000, interval: 100 };

describe.each(BROWSERS)('two hundred pictures on a page of another origin in $name', ({ available, launch, name }) => {
  test.skipIf(!available)(
    'are live over one connection, come back with their server, and let go while nobody looks',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-embed-'));
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
      const options = ['--data-dir', dataDir, '--demo', 'off', '--rate-limits', 'off'];
      let server = await startServer(...options);
      await Promise.all(
        names.map((session_id) => {
          const session = { session_id, template: FIELD, args: { fill: '#ff0000' } };
          return call(server.url, 'POST', '/api/session', session);
        }),
      );
      const fill = (colour: string) =>
        Promise.all(
          names.map((each) =>
            call(server.url, 'PUT', `/api/session/${encodeURIComponent(each)}`, { args: { fill: colour } }),
          ),
        );
      const viewers = async () => {
        const { text } = await call(server.url, 'GET', '/metrics');
        return [...text.matchAll(/^rsvg_viewers\{transport="(\w+)"\} ([1-9]\d*)$/gm)].map(([, ...found]) => found);
      };

      const browser = await launch();
      onTestFinished(async () => void (await browser.close()));
      const colourAt = await openEye(browser);
      const tab = await browser.newPage();
      const elements = names.map(
        (each) =>
          `<live-svg src="${server.url}/stream/${encodeURIComponent(each)}" alt="${each}" width="20" height="20"></live-svg>`,
      );
      // As a module in one browser, as a classic script in the other.
      const script = `<script ${name === 'Chromium' ? 'type="module"' : ''} src="${server.url}/embed.js"></script>`;
      await tab.goto(
        await servePage(`<!doctype html>${COUNTERS}${script}
          <body style="margin:0;display:flex;flex-wrap:wrap;width:400px">${elements.join('')}`),
      );
      const inState = (state: string) => tab.evaluate(`document.querySelectorAll('live-svg[state=${state}]').length`);
      const colours = async () => {
        const found = new Set<string>();
        for (const [x, y] of POINTS) found.add(await colourAt(tab, x, y));
        return [...found];
      };

      await expect.poll(() => inState('live'), SOON).toBe(COUNT);
      await expect.poll(colours, SOON).toEqual(['#ff0000']);
      await fill('#00ff00');
      await expect.poll(colours, SOON).toEqual(['#00ff00']);
      expect(await viewers()).toEqual([['websocket', '1']]);
      expect(await tab.evaluate('sockets')).toBe(1);

      await server.kill('SIGKILL');
      await expect.poll(() => inState('waiting'), SOON).toBe(COUNT);
      expect(await colours()).toEqual(['#00ff00']);
      server = await startServer(...options, '--port', String(server.port));
      await expect.poll(() => inState('live'), SOON).toBe(COUNT);
      await fill('#0000ff');
      await expect.poll(colours, SOON).toEqual(['#0000ff']);
      expect(await viewers()).toEqual([['websocket', '1']]);

      const turn = (hidden: boolean) =>
        tab.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
          document.dispatchEvent(new Event('visibilitychange')); null`);
      await turn(true);
      await expect.poll(viewers, SOON).toEqual([]);
      await fill('#ff00ff');
      await turn(false);
      await expect.poll(colours, SOON).toEqual(['#ff00ff']);
      // Of each picture only the newest is kept.
      await expect.poll(() => tab.evaluate('blobs.size'), SOON).toBe(COUNT);
    },
    TIMEOUT_MS,
  );
});
