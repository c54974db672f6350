import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { EACH_BROWSER } from '../harness/each-browser.ts';
import { type ColourAt, openEye } from '../harness/pixels.ts';
import { startServer } from '../harness/server-process.ts';
import { serveMarkup } from '../harness/strangers-page.ts';
import { enter, openDrivenPage, openProfile } from './driven-page.ts';
import { PASSWORD, SOON } from './open-console.ts';

const SQUARE = '<svg viewBox="0 0 100 100"><rect width="100" height="100" fill="{{ fill }}"/></svg>';

describe.each(EACH_BROWSER)('the console in $browser', ({ available, launch }) => {
  describe.skipIf(!available)('served as it is built', () => {
    let browser: Browser;
    let colourAt: ColourAt;
    beforeAll(async () => {
      browser = await launch();
      colourAt = await openEye(browser);
    });
    afterAll(() => browser.close());

    /** On this page in a profile of its own. */
    const open = async (url: string) => openDrivenPage(await openProfile(browser), url);

    test('a picture is made from the gallery by who has just signed in, and its snippet shows it on another site', async () => {
      const { url } = await appForTest();
      const alice = await open(url);
      await enter(alice, url, 'alice', 'claim');
      await alice.page.goto(`${url}/new`);
      await alice.page.locator('.template[href$="=gauge"]').click();
      await alice.fill('Name', 'boiler');
      await alice.seeElement('.preview:not(.stale) img');
      await alice.click('button', 'Create');
      await alice.arriveAt(`${url}/session/alice/boiler`);
      await alice.seeElement('.snippet code');
      const snippet = await alice.text('.snippet code');
      expect(snippet).toBe(`<img src="${url}/stream/alice/boiler" alt="alice/boiler">`);

      const elsewhere = await open(await serveMarkup(snippet));
      await expect.poll(() => elsewhere.page.evaluate('document.images[0].naturalWidth'), SOON).toBeGreaterThan(0);
      expect(alice.complaints).toEqual([]);
    });

    test('what is changed in the form is seen in a second window, and on a page of another site', async () => {
      const { url } = await appForTest();
      const alice = await open(url);
      await enter(alice, url, 'alice', 'claim');
      const { body } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
      const session = { session_id: 'square', template: SQUARE, args: { fill: '#ff0000' } };
      const token = { authorization: `Bearer ${body.token}` };
      expect((await call(url, 'POST', '/api/user/alice/session', session, token)).status).toBe(201);
      await alice.page.goto(`${url}/session/alice/square`);

      const second = await open(`${url}/session/alice/square`);
      const image = `<img src="${url}/stream/alice/square" width="100" height="100">`;
      const elsewhere = await open(await serveMarkup(image));
      await expect.poll(() => second.colour(colourAt), SOON).toBe('#ff0000');
      await expect.poll(() => elsewhere.colour(colourAt, 'img'), SOON).toBe('#ff0000');
      await alice.fill('fill', '#00ff00');
      await expect.poll(() => second.colour(colourAt), SOON).toBe('#00ff00');
      await expect.poll(() => elsewhere.colour(colourAt, 'img'), SOON).toBe('#00ff00');
      expect([...alice.complaints, ...second.complaints]).toEqual([]);
    });

    test('whoever signs out is signed out in every tab, and after a reload', async () => {
      const { url } = await appForTest();
      const profile = await openProfile(browser);
      const tab = await openDrivenPage(profile, url);
      await enter(tab, url, 'alice', 'claim');
      const other = await openDrivenPage(profile, `${url}/keys`);
      await other.seeElement('.empty');
      await tab.click('button', 'Account');
      await tab.click('button', 'Sign out');
      await other.see('heading', 'Sign in to make keys for your programs');
      await tab.page.reload();
      await tab.see('heading', 'Your pictures are behind your sign-in');
    });

    test('a sign-in that is ended from another browser asks for the password, and is gone after a reload', async () => {
      const { url } = await appForTest();
      const [first, second] = [await open(url), await open(url)];
      await enter(first, url, 'alice', 'claim');
      await enter(second, url, 'alice', 'enter');
      await first.page.goto(`${url}/account`);
      await first.page.locator('.line-item button').click();
      await expect.poll(() => first.page.$$eval('.line-item', (items) => items.length), SOON).toBe(1);

      await second.click('link', 'API keys');
      await second.see('dialog', 'Sign in again');
      await second.page.reload();
      await second.see('heading', 'Sign in to make keys for your programs');
      await first.page.reload();
      await first.seeElement('.line-item');
    });

    test('the page speaks Korean once that is chosen, and still after a reload', async () => {
      const { url } = await appForTest();
      const { page, click, text } = await open(`${url}/new`);
      expect(await text('h1')).toBe('New picture');
      await click('button', 'Language');
      await click('button', '한국어');
      await expect.poll(() => text('h1'), SOON).toBe('새 그림');
      expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
      await page.reload();
      await expect.poll(() => text('h1').catch(() => 'none yet'), SOON).toBe('새 그림');
    });

    test('whoever watches keeps the last picture while the server is away, and gets the next one', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-console-'));
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
      const first = await startServer('--data-dir', dataDir, '--demo', 'off');
      await call(first.url, 'POST', '/api/session', {
        session_id: 'square',
        template: SQUARE,
        args: { fill: '#ff0000' },
      });
      const { page, colour, seeElement } = await open(`${first.url}/session/square`);
      await seeElement('[data-state=live]');
      await first.kill('SIGKILL');
      await seeElement('[data-state=waiting]');
      expect(await colour(colourAt)).toBe('#ff0000');
      const second = await startServer('--data-dir', dataDir, '--demo', 'off', '--port', String(first.port));
      await seeElement('[data-state=live]');
      await call(second.url, 'PATCH', '/api/session/square', { args: { fill: '#0000ff' } });
      await expect.poll(() => colour(colourAt), SOON).toBe('#0000ff');
      expect(await page.evaluate('performance.getEntriesByType("navigation").length')).toBe(1);
    });
  });
});
