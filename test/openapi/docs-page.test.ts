import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../console/accessibility.ts';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';

it('the page of the REST routes may run and load nothing but our own files', async () => {
  const { url } = await appForTest();
  const { status, headers, text } = await call(url, 'GET', '/docs');
  expect(status).toBe(200);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(text).not.toMatch(/<script(?! src="\/assets\/[\w.-]+"(?: defer)?><\/script>)|<style|\sstyle=|\son\w+=/);
  expect(text).not.toMatch(/(?:src|href)="(?!\/|#)/);
});

describe.skipIf(!chromiumAvailable)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('one signs in, makes a session and sees its picture, from the forms as they stand', async () => {
    const { url } = await appForTest();
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${url}/docs`);
    expect(await page.locator('.operation').count()).toBeGreaterThan(15);

    async function send(id: string) {
      const operation = page.locator(`#${id}`);
      await operation.locator('summary').click();
      await operation.getByRole('button', { name: 'Send' }).click();
      return operation.locator('.answer');
    }
    expect(await (await send('postApiAuthToken')).locator('pre').textContent()).toMatch(/^200 OK\n/);
    expect(await page.locator('#token').inputValue()).toMatch(/^ey/);
    expect(await (await send('postApiUserUserSession')).locator('pre').textContent()).toMatch(/^201 Created\n/);
    const { body } = await call(url, 'GET', '/api/user/alice/session/kitchen', undefined, {
      authorization: `Bearer ${await page.locator('#token').inputValue()}`,
    });
    expect(body).toEqual({ session_id: 'kitchen', template: TEXT_TEMPLATE, args: { n: 1 } });

    await (await send('getStreamOwnerName')).locator('img').waitFor();
    const width = 'document.querySelector("#getStreamOwnerName img").naturalWidth';
    await expect.poll(() => page.evaluate(width)).toBe(120);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(complaints).toEqual([]);

    const token = await page.locator('#token').inputValue();
    await page.reload();
    expect(await page.locator('#token').inputValue()).toBe(token);
    // It is of this tab alone.
    const another = await context.newPage();
    await another.goto(`${url}/docs`);
    expect(await another.locator('#token').inputValue()).toBe('');
  });

  it.each(['dark', 'light'] as const)('is accessible, %s, closed and open', async (colorScheme) => {
    const { url } = await appForTest();
    const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`${url}/docs#postApiSession`);
    await page.locator('#postApiSession[open]').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('a refusal is shown with its status, for a picture too', async () => {
    const { url } = await appForTest();
    const page = await browser.newPage();
    await page.goto(`${url}/docs#getSnapshotName`);
    const operation = page.locator('#getSnapshotName');
    await operation.locator('#getSnapshotName-name').fill('<b>nothing');
    await operation.getByRole('button', { name: 'Send' }).click();
    const text = await operation.locator('.answer pre').textContent();
    expect(text).toMatch(/^404 Not Found\n/);
    expect(text).toContain('"code": "NOT_FOUND"');
  });
});
