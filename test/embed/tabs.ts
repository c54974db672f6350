import type { Browser as Chromium } from 'playwright-core';
import type { Browser as Firefox } from 'puppeteer-core';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { firefoxAvailable, launchFirefox } from '../harness/firefox.ts';
import type { Visible } from '../harness/pixels.ts';

/** A page of either driver's browser, in front of all others. */
export interface Tab extends Visible {
  goto(url: string): Promise<unknown>;
  bringToFront(): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Tabs {
  newPage(): Promise<Tab>;
  close(): Promise<unknown>;
}

const chromium = async (): Promise<Tabs> => {
  const browser: Chromium = await launchChromium();
  return { newPage: () => browser.newPage(), close: () => browser.close() };
};
const firefox = async (): Promise<Tabs> => {
  const browser: Firefox = await launchFirefox();
  return { newPage: () => browser.newPage(), close: () => browser.close() };
};

export const BROWSERS = [
  { name: 'Chromium', available: chromiumAvailable, launch: chromium },
  { name: 'Firefox', available: firefoxAvailable, launch: firefox },
] as const;
