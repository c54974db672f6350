import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { startServer } from '../harness/server-process.ts';
import { openContext, openPage, SOON } from './open-console.ts';

const SESSION = {
  session_id: 'bar',
  template: '<svg viewBox="0 0 9 9"><text y="9">{{ word }} {{ n + 0 }}</text></svg>',
  args: { word: 'before', n: 1 },
};

describe.skipIf(!chromiumAvailable)('pages whose server goes and comes back, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('push, draw and load by themselves what they could not meanwhile; the newest wins', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-away-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await startServer('--data-dir', dataDir, '--demo', 'off');
    expect((await call(first.url, 'POST', '/api/session', SESSION)).status).toBe(201);
    const context = await openContext(browser);
    const { page: session } = await openPage(context, `${first.url}/session/bar`);
    const { page: editor } = await openPage(context, `${first.url}/new?template=blank`);
    const { page: gallery } = await openPage(context, `${first.url}/`);
    const word = session.getByLabel('word', { exact: true });
    await word.waitFor();
    await editor.locator('.preview:not(.stale) img').waitFor();
    await first.kill('SIGTERM');

    await word.fill('lost?');
    await session.getByText('Not pushed yet').waitFor();
    await word.fill('kept');
    await session.getByLabel('n', { exact: true }).fill('2.5');
    await editor.getByLabel('text', { exact: true }).fill('Hi');
    await editor.getByText('The server cannot be reached.').waitFor();
    await gallery.getByRole('link', { name: 'Open the gallery' }).click();
    await gallery.getByText('The server cannot be reached.').waitFor();

    const second = await startServer('--data-dir', dataDir, '--demo', 'off', '--port', String(first.port));
    await expect.poll(async () => (await call(second.url, 'GET', '/snapshot/bar')).text, SOON).toContain('>kept 2.5<');
    await session.getByText('Not pushed yet').waitFor({ state: 'detached' });
    await editor.locator('.preview:not(.stale) img').waitFor();
    expect(await editor.getByText('The server cannot be reached.').count()).toBe(0);
    await gallery.getByRole('link', { name: /^Gauge/ }).waitFor();
  });
});
