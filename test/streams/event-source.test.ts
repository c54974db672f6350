import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { firefoxAvailable, launchFirefox } from '../harness/firefox.ts';
import { startServer } from '../harness/server-process.ts';
import { strangersPage } from '../harness/strangers-page.ts';

/** An XML parser reads every line end as one LF, `EventSource` too. */
const TEMPLATE = '<svg xmlns="http://www.w3.org/2000/svg">\r\n <text>\n\n{{ text }}</text>\r</svg>';

interface Tab {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
}

/** Firefox gives up when it reaches nobody from a page of another origin, so there the page is the server's own. */
const browsers: readonly (readonly [string, boolean, () => Promise<Tab>, (url: string) => Promise<string>])[] = [
  [
    'Chromium',
    chromiumAvailable,
    async () => {
      const browser = await launchChromium();
      onTestFinished(() => browser.close());
      return browser.newPage();
    },
    () => strangersPage(),
  ],
  [
    'Firefox',
    firefoxAvailable,
    async () => {
      const browser = await launchFirefox();
      onTestFinished(() => browser.close());
      return browser.newPage();
    },
    async (url) => `${url}/live/zoe/s`,
  ],
];

/** Three servers and a browser start, one after the other. */
const TIMEOUT_MS = 240_000;
const SOON = { timeout: 30_000, interval: 50 };

describe.each(browsers)('EventSource in %s', (_name, available, openTab, pageOf) => {
  test.skipIf(!available)(
    'goes on where it was when the server was killed or ended, and stops for good when the session is gone',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-events-'));
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
      const start = (...args: string[]) => startServer('--data-dir', dataDir, '--demo', 'off', ...args);
      let server = await start();
      const owner = await bearer(server.url, 'zoe');
      const args = { text: 1 };
      await call(server.url, 'POST', '/api/user/zoe/session', { session_id: 's', template: TEMPLATE, args }, owner);
      const push = (text: unknown) =>
        call(server.url, 'PUT', '/api/user/zoe/session/s', { args: { text } }, owner).then(({ status }) =>
          expect(status).toBe(204),
        );

      const tab = await openTab();
      await tab.goto(await pageOf(server.url));
      await tab.evaluate(`
        window.seen = [];
        window.source = new EventSource('${server.url}/sse/zoe/s');
        source.addEventListener('frame', ({ data }) => seen.push(data));
        source.addEventListener('gone', () => seen.push('gone'));
        null`);
      const seen = () => tab.evaluate('window.seen');
      const picture = (text: unknown) => TEMPLATE.replace(/\r\n?/g, '\n').replace('{{ text }}', String(text));
      const wanted = [picture(1)];
      await expect.poll(seen, SOON).toEqual(wanted);

      for (const [at, signal] of (['SIGKILL', 'SIGTERM'] as const).entries()) {
        await server.kill(signal);
        await expect.poll(() => tab.evaluate('source.readyState'), SOON).toBe(0);
        server = await start('--port', String(server.port));
        await expect.poll(() => tab.evaluate('source.readyState'), SOON).toBe(1);
        wanted.push(picture(at + 2));
        await push(at + 2);
        await expect.poll(seen, SOON).toEqual(wanted);
      }

      await call(server.url, 'DELETE', '/api/user/zoe/session/s', undefined, owner);
      await expect.poll(() => tab.evaluate('source.readyState'), SOON).toBe(2);
      expect(await seen()).toEqual([...wanted, 'gone']);
    },
    TIMEOUT_MS,
  );
});
