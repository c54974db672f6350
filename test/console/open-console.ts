import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { seeingChromium } from '../harness/seeing-chromium.ts';

/** A browser is shared with other tests; what it shows comes soon, not at once. */
export const SOON = { timeout: 10_000, interval: 50 };

export const PASSWORD = 'correct horse battery';

/** What a page's own console complained about, violations of the policy among them. */
function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** A window of a browser profile; nothing is remembered from others. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  onTestFinished(() => context.close());
  return context;
}

export async function openPage(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const complaints = watchComplaints(page);
  await page.goto(url);
  return { page, complaints };
}

/** Claims a user id through the sign-in page, and stands on the empty list then. */
export async function signUp(page: Page, url: string, user: string): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByRole('tab', { name: 'Create account' }).click();
  await page.getByLabel('User id').fill(user);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(`${url}/sessions`);
}

/** The picture of a page and where its middle is. */
async function middleOfPicture(page: Page, selector = '.picture img') {
  const image = page.locator(selector).first();
  await image.waitFor();
  const box = await image.boundingBox();
  expect(box).not.toBeNull();
  return {
    x: Math.round((box?.x ?? 0) + (box?.width ?? 0) / 2),
    y: Math.round((box?.y ?? 0) + (box?.height ?? 0) / 2),
  };
}

/** A Chromium for all tests of a `describe`, and the colour in the middle of a page's picture. */
export function watchingChromium() {
  const { browser, colourAt } = seeingChromium();
  return {
    context: (options?: BrowserContextOptions) => openContext(browser(), options),
    colourAt,
    async colour(page: Page) {
      const { x, y } = await middleOfPicture(page);
      return colourAt(page, x, y);
    },
  };
}
