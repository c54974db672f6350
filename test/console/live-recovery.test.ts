import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openEye } from '../harness/pixels.ts';
import { startServer } from '../harness/server-process.ts';

const FIELD = '<svg viewBox="0 0 10 10"><rect width="10" height="10" fill="{{ fill }}"/></svg>';

/** Two servers and a browser start, one after the other. */
const TIMEOUT_MS = 60_000;

describe.skipIf(!chromiumAvailable)('a bare page in Chromium, whose server goes and comes back', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'keeps the last picture after %s and is live again',
    async (signal) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-live-'));
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
      const first = await startServer('--data-dir', dataDir, '--demo', 'off');
      const session = { session_id: 'field', template: FIELD, args: { fill: '#ff0000' } };
      expect((await call(first.url, 'POST', '/api/session', session)).status).toBe(201);

      const browser = await launchChromium();
      onTestFinished(() => browser.close());
      const colourAt = await openEye(browser);
      const page = await browser.newPage({ viewport: { width: 200, height: 200 } });
      const connected = page.waitForEvent('websocket');
      await page.goto(`${first.url}/live/field`);
      const socket = await connected;
      await expect.poll(() => colourAt(page, 100, 100), { timeout: 5000 }).toBe('#ff0000');

      const closed = socket.waitForEvent('close');
      await first.kill(signal);
      await closed;
      expect(await colourAt(page, 100, 100)).toBe('#ff0000');

      // Nobody is there yet when the page tries for the first time.
      await page.waitForEvent('websocket');
      const second = await startServer('--data-dir', dataDir, '--demo', 'off', '--port', String(first.port));
      expect(await colourAt(page, 100, 100)).toBe('#ff0000');
      expect((await call(second.url, 'PATCH', '/api/session/field', { args: { fill: '#00ff00' } })).status).toBe(200);
      await expect.poll(() => colourAt(page, 100, 100), { timeout: 8000, interval: 50 }).toBe('#00ff00');
      await call(second.url, 'PATCH', '/api/session/field', { args: { fill: '#0000ff' } });
      await expect.poll(() => colourAt(page, 100, 100), { timeout: 2000, interval: 50 }).toBe('#0000ff');
    },
    TIMEOUT_MS,
  );
});
