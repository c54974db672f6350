import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, openPage, signUp } from './open-console.ts';

/** Address, and what stands there once all is loaded. */
const PAGES: readonly (readonly [path: string, drawn: string])[] = [
  ['/', '.demo img'],
  ['/docs', '.operation'],
  ['/graphql', '.graphiql-tab'],
  ['/new', '.template:nth-child(5) .picture img'],
  ['/new?template=gauge', '.preview:not(.stale) img'],
  ['/session/demo', '.stage img'],
  ['/live/demo', 'live-svg'],
  ['/sessions', '.empty'],
  ['/keys', '.empty'],
  ['/account', '.line-item'],
  ['/nowhere', '.notice'],
];

describe.skipIf(!chromiumAvailable)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test('no page asks another host for anything', async () => {
    const { url } = await appForTest({ demo: true });
    const context = await openContext(browser);
    const asked: URL[] = [];
    context.on('request', (request) => asked.push(new URL(request.url())));
    context.on('page', (page) => page.on('websocket', (socket) => asked.push(new URL(socket.url()))));
    const { page: first } = await openPage(context, url);
    await signUp(first, url, 'alice');
    for (const [path, drawn] of PAGES) {
      const before = asked.length;
      const { page } = await openPage(context, url + path);
      await page.locator(drawn).first().waitFor();
      expect(asked.length, path).toBeGreaterThan(before);
      await page.close();
    }
    const { host } = new URL(url);
    const elsewhere = asked.filter((address) => address.host !== '' && address.host !== host);
    expect(elsewhere.map(String)).toEqual([]);
  });
});
