import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable } from '../harness/chromium.ts';
import { serveMarkup } from '../harness/strangers-page.ts';
import { openPage, watchingChromium } from './open-console.ts';

const SQUARE = '<svg viewBox="0 0 100 100"><circle cx="50" cy="50" r="40" fill="{{ fill }}"/></svg>';
const SOON = { timeout: 15_000, interval: 50 };

describe.skipIf(!chromiumAvailable)('in Chromium', () => {
  const { context, colourAt } = watchingChromium();
  const open = async (url: string, options?: BrowserContextOptions) => openPage(await context(options), url);

  async function withSquare() {
    const { url } = await appForTest();
    const session = { session_id: 'square', template: SQUARE, args: { fill: '#ff0000' } };
    expect((await call(url, 'POST', '/api/session', session)).status).toBe(201);
    return { url, fill: (fill: string) => call(url, 'PATCH', '/api/session/square', { args: { fill } }) };
  }

  async function centreOfPicture(page: Page): Promise<string> {
    const box = await page.locator('.picture img, live-svg').first().boundingBox();
    if (box === null) return 'no picture';
    return colourAt(page, Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2));
  }

  test.each([
    { width: 360, colorScheme: 'dark' },
    { width: 360, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ] as const)('every page fits $width px, $colorScheme, and its policy forbids it nothing', async (look) => {
    const { url } = await appForTest({ demo: true });
    const { width, colorScheme } = look;
    for (const path of ['/', '/session/demo', '/live/demo']) {
      const { page, complaints } = await open(url + path, { colorScheme, viewport: { width, height: 800 } });
      const isShown =
        path === '/live/demo'
          ? 'document.querySelector("live-svg").getAttribute("state") === "live"'
          : 'document.querySelector(".picture img").naturalWidth === 640';
      await expect.poll(() => page.evaluate(isShown), SOON).toBe(true);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      if (path !== '/live/demo') {
        expect(await colourAt(page, 2, 2)).toBe(colorScheme === 'dark' ? '#0f172a' : '#f8fafc');
      }
      expect(complaints).toEqual([]);
    }
  });

  test('the page of a session follows its picture, version and all', async () => {
    const { url, fill } = await withSquare();
    const { page, complaints } = await open(`${url}/session/square`);
    await expect.poll(() => centreOfPicture(page), SOON).toBe('#ff0000');
    await fill('#00ff00');
    await expect.poll(() => centreOfPicture(page), SOON).toBe('#00ff00');
    await expect.poll(() => page.locator('[data-fact=version]').textContent(), SOON).toBe('2');
    expect(await page.locator('[data-state]').textContent()).toBe('live');
    expect(await page.locator('[data-fact=expires]').textContent()).toMatch(/^(?:tomorrow|in 23 hours)$/);
    expect(complaints).toEqual([]);
  });

  test('an owned session is watched without a token', async () => {
    const { url } = await appForTest();
    const alice = await bearer(url, 'alice');
    const session = { session_id: 'my square', template: SQUARE, args: { fill: '#0000ff' } };
    expect((await call(url, 'POST', '/api/user/alice/session', session, alice)).status).toBe(201);
    const { page, complaints } = await open(`${url}/session/alice/my%20square`);
    await expect.poll(() => centreOfPicture(page), SOON).toBe('#0000ff');
    const path = '/api/user/alice/session/my%20square';
    await call(url, 'PATCH', path, { args: { fill: '#ff00ff' } }, alice);
    await expect.poll(() => centreOfPicture(page), SOON).toBe('#ff00ff');
    await call(url, 'DELETE', path, undefined, alice);
    await page.getByRole('heading', { name: 'This picture is gone' }).waitFor();
    expect(await page.locator('.picture, [data-state]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a snippet is copied by one click', async () => {
    const { url } = await withSquare();
    const { page } = await open(`${url}/session/square`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy HTML image' }).click();
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe(`<img src="${url}/stream/square" alt="square">`);
  });

  test('a visitor of the welcome page changes the demo for everybody', async () => {
    const { url } = await appForTest({ demo: true });
    const { page, complaints } = await open(`${url}/`);
    await page.getByLabel('Say something').fill('Hello from Chromium');
    await page.getByRole('button', { name: 'Push' }).click();
    await page.getByText('Pushed.').waitFor();
    expect((await call(url, 'GET', '/snapshot/demo')).text).toContain('>Hello from Chromium<');
    expect(complaints).toEqual([]);
  });

  test('the bare page fills a frame on another origin, transparent where the picture is', async () => {
    const { url } = await withSquare();
    const frame = `<iframe src="${url}/stream/square" width="400" height="200" style="border:0"></iframe>`;
    const stranger = await serveMarkup(`<style>body { background: #123456 }</style>${frame}`);
    const { page, complaints } = await open(stranger);
    await expect.poll(() => colourAt(page, 200, 100), SOON).toBe('#ff0000');
    expect(await colourAt(page, 5, 5)).toBe('#123456');
    expect(await colourAt(page, 200, 195)).toBe('#123456');
    expect(await colourAt(page, 200, 25)).toBe('#ff0000');
    expect(complaints).toEqual([]);
  });

  test('the bare page shows a session as soon as it is made', async () => {
    const { url } = await appForTest();
    const { page } = await open(`${url}/live/square`);
    await expect.poll(() => page.locator('body').textContent(), SOON).toContain('There is no session “square” yet');
    const session = { session_id: 'square', template: SQUARE, args: { fill: '#00ff00' } };
    expect((await call(url, 'POST', '/api/session', session)).status).toBe(201);
    await expect.poll(() => centreOfPicture(page), { timeout: 10_000, interval: 50 }).toBe('#00ff00');
  });

  test('a hidden page lets go of its connection and catches up when it is shown again', async () => {
    const { url, fill } = await withSquare();
    const { page } = await open('about:blank');
    const opened = page.waitForEvent('websocket');
    await page.goto(`${url}/live/square`);
    const socket = await opened;
    await socket.waitForEvent('framereceived', ({ payload }) => String(payload).includes('"next"'));
    const turn = (hidden: boolean) =>
      page.evaluate((isHidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const closed = socket.waitForEvent('close');
    await turn(true);
    await closed;
    await fill('#00ff00');
    const again = page.waitForEvent('websocket');
    await turn(false);
    await again;
    await expect.poll(() => centreOfPicture(page), SOON).toBe('#00ff00');
  });
});
