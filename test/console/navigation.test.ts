import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, openPage, PASSWORD, SOON, signUp } from './open-console.ts';

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

  test.each(['/session/%zz', '/session/alice/%E0%A4%A', '/nowhere'])('%s leads nowhere, and on', async (path) => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url + path);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Start page' }).click();
    await page.getByRole('heading', { name: 'Images that are live.' }).waitFor();
  });

  test('the gallery is Korean in Korean, and so is what a template uses too much of', async () => {
    const { page } = await openGallery();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('link', { name: /^날씨/ }).waitFor();
    const cards = await page.locator('.template .words').allInnerTexts();
    expect(cards).toHaveLength(16);
    expect(cards.filter((words) => !/^.*[가-힣].*\n+.*[가-힣]/.test(words))).toEqual([]);
    await page.getByRole('link', { name: '빈 템플릿' }).click();
    await page.locator('.preview:not(.stale) img').waitFor();
    await page.getByRole('textbox', { name: 'SVG 템플릿' }).press('Control+Home');
    await page.keyboard.insertText('{% for i in range(99999999) %}{% endfor %}');
    await page
      .getByRole('alert')
      .getByText(/^1번째 줄 \d+번째 칸: range의 길이: 한도/)
      .waitFor();
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

  /** The list of somebody who has so many pictures, `square 00` and on. */
  async function openList(count: number, address = '/sessions') {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url);
    await signUp(page, url, 'alice');
    const { body } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const names = Array.from({ length: count }, (_, at) => `square ${String(at).padStart(2, '0')}`);
    for (const session_id of names) {
      const session = { session_id, template: '<svg viewBox="0 0 9 9"/>' };
      await call(url, 'POST', '/api/user/alice/session', session, { authorization: `Bearer ${body.token}` });
    }
    await page.goto(url + address);
    return { url, page, cards: page.locator('.session-card h2') };
  }

  test('what a list is searched for and how it is sorted stand in its address', async () => {
    const { url, page, cards } = await openList(12);
    await cards.nth(11).waitFor();
    const before = await page.evaluate<number>('history.length');
    await page.getByLabel('Search by name').pressSequentially('square 1');
    await page.getByLabel('Sort by').selectOption('NAME');
    await expect.poll(() => cards.allTextContents(), SOON).toEqual(['square 10', 'square 11']);
    expect(page.url()).toBe(`${url}/sessions?search=square+1&sort=name`);
    expect(await page.evaluate<number>('history.length')).toBe(before);
    await page.reload();
    await expect.poll(() => cards.allTextContents(), SOON).toEqual(['square 10', 'square 11']);
    expect(await page.getByLabel('Search by name').inputValue()).toBe('square 1');
    expect(await page.getByLabel('Sort by').inputValue()).toBe('NAME');
    await page.getByRole('link', { name: 'square 11' }).click();
    await page.locator('.stage').waitFor();
    await page.goBack();
    await expect.poll(() => cards.allTextContents(), SOON).toEqual(['square 10', 'square 11']);
    await page.getByRole('navigation').getByRole('link', { name: 'Pictures' }).click();
    await expect.poll(() => cards.count(), SOON).toBe(12);
  });

  test('who comes back to a long list finds all that was shown, where it was left', async () => {
    const { page, cards } = await openList(60, '/sessions?sort=name');
    for (const count of [24, 48, 60]) {
      await expect.poll(() => cards.count(), SOON).toBe(count);
      if (count < 60) await page.getByRole('button', { name: 'Show more' }).click();
    }
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.postData()?.includes('query Sessions') ?? false) asked.push(request.postData() ?? '');
    });
    await page.getByRole('link', { name: 'square 55' }).scrollIntoViewIfNeeded();
    const left = await scrolled(page);
    expect(left).toBeGreaterThan(1000);
    await page.getByRole('link', { name: 'square 55' }).click();
    await page.locator('.stage').waitFor();
    await page.goBack();
    for (const comeBack of [() => {}, () => page.reload()]) {
      await comeBack();
      await expect.poll(() => cards.count(), SOON).toBe(60);
      await expect.poll(() => scrolled(page), SOON).toBe(left);
    }
    expect(asked).toHaveLength(2);
  });
});
