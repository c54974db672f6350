import type { Page, WebSocket } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable } from '../harness/chromium.ts';
import { PASSWORD, SOON, signUp, watchingChromium } from './open-console.ts';

const SQUARE = '<svg viewBox="0 0 100 100"><rect width="100" height="100" fill="{{ fill }}"/></svg>';
const NAMES = Array.from({ length: 10 }, (_, at) => `square ${at}`);

describe.skipIf(!chromiumAvailable)('ten pictures in two tabs, in Chromium', () => {
  const { context: newContext, colourAt } = watchingChromium();

  async function colours(page: Page): Promise<ReadonlySet<string>> {
    const images = await page.locator('.session-card .picture img').all();
    const boxes = await Promise.all(images.map((image) => image.boundingBox()));
    const found = new Set<string>([`${boxes.length} pictures`]);
    for (const box of boxes) {
      if (box === null) continue;
      found.add(await colourAt(page, Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)));
    }
    return found;
  }

  test('are all live, over one WebSocket for each tab, which a hidden tab lets go of', {
    timeout: 120_000,
  }, async () => {
    const { url } = await appForTest();
    const context = await newContext({ viewport: { width: 1600, height: 1400 } });
    const first = await context.newPage();
    await signUp(first, url, 'alice');
    const { text } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const authorization = { authorization: `Bearer ${(JSON.parse(text) as { token: string }).token}` };
    for (const name of NAMES) {
      const session = { session_id: name, template: SQUARE, args: { fill: '#ff0000' } };
      await call(url, 'POST', '/api/user/alice/session', session, authorization);
    }
    const fillAll = (fill: string) =>
      Promise.all(
        NAMES.map((name) => {
          const path = `/api/user/alice/session/${encodeURIComponent(name)}`;
          return call(url, 'PATCH', path, { args: { fill } }, authorization);
        }),
      );

    const second = await context.newPage();
    const sockets = new Map<Page, WebSocket[]>([first, second].map((page) => [page, []]));
    const openSockets = (page: Page) => sockets.get(page)?.filter((socket) => !socket.isClosed()) ?? [];
    for (const page of [first, second]) {
      page.on('websocket', (socket) => sockets.get(page)?.push(socket));
      await page.goto(`${url}/sessions`);
      await expect.poll(() => colours(page), SOON).toEqual(new Set(['10 pictures', '#ff0000']));
    }
    await fillAll('#00ff00');
    for (const page of [first, second]) {
      await expect.poll(() => colours(page), SOON).toEqual(new Set(['10 pictures', '#00ff00']));
      expect(openSockets(page)).toHaveLength(1);
    }

    const turn = (hidden: boolean) =>
      second.evaluate((isHidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const closed = openSockets(second)[0]?.waitForEvent('close');
    await turn(true);
    await closed;
    await fillAll('#0000ff');
    await turn(false);
    await expect.poll(() => colours(second), SOON).toEqual(new Set(['10 pictures', '#0000ff']));
  });
});
