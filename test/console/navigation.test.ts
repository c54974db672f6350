import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, openPage, SOON } from './open-console.ts';

describe.skipIf(!chromiumAvailable)('going from page to page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const scrolled = (page: Page) => page.evaluate<number>('scrollY');

  async function openGallery() {
    const { url } = await appForTest();
    const context = await openContext(browser, { viewport: { width: 1280, height: 700 } });
    const { page } = await openPage(context, `${url}/new`);
    await page.getByRole('link', { name: /^Weather/ }).waitFor();
    return { url, page };
  }

  test('a new page begins at its top, and the one before stands where it was left, after a reload too', async () => {
    const { url, page } = await openGallery();
    const weather = page.getByRole('link', { name: /^Weather/ });
    await weather.scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 5000);
    await expect.poll(() => scrolled(page), SOON).toBeGreaterThan(300);
    const left = await scrolled(page);
    await weather.click();
    await page.locator('.preview:not(.stale) img').waitFor();
    expect(await scrolled(page)).toBe(0);
    await page.goBack();
    await weather.waitFor();
    await expect.poll(() => scrolled(page), SOON).toBe(left);
    await page.reload();
    await expect.poll(() => scrolled(page), SOON).toBe(left);
    await page.getByRole('link', { name: 'Blank' }).click();
    await page.waitForURL(`${url}/new?template=blank`);
    await page.getByLabel('Name').waitFor();
    expect(await scrolled(page)).toBe(0);
  });

  test('menus open into the window, from every corner', async () => {
    const { page } = await openGallery();
    const list = page.locator('.menu-items');
    await page.setViewportSize({ width: 360, height: 640 });
    await page.getByRole('button', { name: 'Menu' }).click();
    expect((await list.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Language' }).click();
    const { x = 0, width = 999 } = (await list.boundingBox()) ?? {};
    expect(x + width).toBeLessThanOrEqual(360);
  });

  test('going back from what is not saved asks first', async () => {
    const { url, page } = await openGallery();
    await page.getByRole('link', { name: 'Blank' }).click();
    await page.getByLabel('text', { exact: true }).fill('mine');
    const asked: string[] = [];
    let leaves = false;
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (leaves ? dialog.accept() : dialog.dismiss());
    });
    await page.goBack();
    await expect.poll(() => page.evaluate('location.href'), SOON).toBe(`${url}/new?template=blank`);
    expect(await page.getByLabel('text', { exact: true }).inputValue()).toBe('mine');
    leaves = true;
    await page.goBack();
    await page.getByRole('link', { name: /^Weather/ }).waitFor();
    expect(asked).toEqual(Array(2).fill('Leave without saving what you changed?'));
  });
});
