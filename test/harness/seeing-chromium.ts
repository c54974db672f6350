import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type ColourAt, openEye } from './pixels.ts';

/** A Chromium for all tests of a `describe`, and the colours that it shows. */
export function seeingChromium() {
  let browser: Browser;
  let colourAt: ColourAt;
  beforeAll(async () => {
    browser = await launchChromium();
    colourAt = await openEye(browser);
  });
  afterAll(() => browser.close());
  return {
    browser: () => browser,
    colourAt: (page: Page, x: number, y: number) => colourAt(page, x, y),
  };
}
