import type { Browser } from 'playwright-core';
import type { Browser as Firefox } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../auth/nodes.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { firefoxAvailable, launchFirefox } from '../harness/firefox.ts';
import { type ColourAt, openEye, type Visible } from '../harness/pixels.ts';
import { strangersPage } from '../harness/strangers-page.ts';
import { createLink, createPicture, revoke, update } from './private-picture.ts';

const BACKGROUND = '#808080';
const SOON = { timeout: 10_000, interval: 20 };

type Page = Visible & { goto(url: string): Promise<unknown>; close(): Promise<unknown> };

const BROWSERS = [
  ['Chromium', chromiumAvailable, launchChromium],
  ['Firefox', firefoxAvailable, launchFirefox],
] as const;

describe.each(BROWSERS)('an <img> on a page of another origin in %s', (_name, available, launch) => {
  describe.skipIf(!available)('', () => {
    let browser: Browser | Firefox;
    let colourAt: ColourAt;
    let app: RunningApp;
    beforeAll(async () => {
      browser = await launch();
      colourAt = await openEye(browser);
      app = await runApp();
    });
    afterAll(async () => {
      await browser.close();
      await app.close();
    });

    test('shows a private session by a view link, live, not without it, and nothing any more once it is revoked', async () => {
      const alice = (await signIn(app, 'alice')).accessToken;
      const square =
        '<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"100\\" height=\\"100\\"><rect width=\\"100\\" height=\\"100\\" fill=\\"{{ fill }}\\"/></svg>';
      const { id } = await createPicture(app, alice, 'square');
      await update(app, alice, id, `template: "${square}", args: {fill: "#ff0000"}`);
      const link = await createLink(app, alice, id);
      const deltas = await createLink(app, alice, id);
      const page = (await browser.newPage()) as Page;
      const plain = `${app.url}/stream/${id}`;
      await page.goto(await strangersPage(link.url, plain, `${deltas.url}&delta=true`));
      const shown = () => Promise.all([50, 150, 250].map((x) => colourAt(page, x, 50)));
      await expect.poll(shown, SOON).toEqual(['#ff0000', expect.any(String), '#ff0000']);
      await update(app, alice, id, 'args: {fill: "#00ff00"}');
      await expect.poll(shown, SOON).toEqual(['#00ff00', expect.any(String), '#00ff00']);
      expect(['#ff0000', '#00ff00']).not.toContain(await colourAt(page, 150, 50));

      await revoke(app, alice, id, link);
      await expect.poll(shown, SOON).toEqual([BACKGROUND, expect.any(String), '#00ff00']);
      await revoke(app, alice, id, deltas);
      await expect.poll(shown, SOON).toEqual([BACKGROUND, expect.any(String), BACKGROUND]);
      await page.close();
    });
  });
});
