import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { violations } from './accessibility.ts';
import { openContext, openPage, PASSWORD, signUp } from './open-console.ts';

/** Address, and what stands there once it is drawn. */
const PAGES: readonly (readonly [path: string, drawn: string])[] = [
  ['/', '.demo img'],
  ['/new', '.template:nth-child(5) .picture img'],
  ['/new?template=gauge', '.preview:not(.stale) img'],
  ['/sessions', '.session-card .picture img'],
  ['/session/alice/gauge', '.stage img'],
  ['/edit/alice/gauge', '.preview:not(.stale) img'],
  ['/session/nobody', '.notice'],
  ['/keys', '.empty'],
  ['/account', '.line-item'],
  ['/nowhere', '.notice'],
];

describe.skipIf(!chromiumAvailable)('every page of the console, in Chromium', () => {
  let browser: Browser;
  let app: RunningApp;
  beforeAll(async () => {
    browser = await launchChromium();
    app = await runApp({ demo: true });
  });
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  /** Signed in as alice, who has one picture. */
  async function asAlice(options: Parameters<typeof openContext>[1]): Promise<BrowserContext> {
    const context = await openContext(browser, { ...options, locale: 'en-US' });
    const { page } = await openPage(context, `${app.url}/sign-in`);
    if ((await call(app.url, 'GET', '/snapshot/alice/gauge')).status === 404) {
      await signUp(page, app.url, 'alice');
      await page.goto(`${app.url}/new?template=gauge`);
      await page.getByLabel('Name').fill('gauge');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.waitForURL(`${app.url}/session/alice/gauge`);
    } else {
      await page.getByLabel('User id').fill('alice');
      await page.getByLabel('Password').fill('correct horse battery');
      await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL(`${app.url}/sessions`);
    }
    await page.close();
    return context;
  }

  test.each([
    { width: 1280, colorScheme: 'dark', language: 'en' },
    { width: 360, colorScheme: 'light', language: 'ko' },
  ] as const)(
    '$width px, $colorScheme, $language: fits, is accessible, and in its language',
    { timeout: 240_000 },
    async (look) => {
      const { width, colorScheme, language } = look;
      const context = await asAlice({ viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' });
      await context.addInitScript(`localStorage.setItem('rsvg.language', '${language}')`);
      const found: string[] = [];
      for (const [path, drawn] of PAGES) {
        const { page, complaints } = await openPage(context, app.url + path);
        await page.locator(drawn).first().waitFor();
        const scrollWidth = await page.evaluate('document.documentElement.scrollWidth');
        if (scrollWidth !== width) found.push(`${path} is ${scrollWidth} px wide`);
        found.push(...(await violations(page)).map((violation) => `${path} ${violation}`));
        const korean = /[가-힣]/.test(await page.locator('main').innerText());
        if (korean !== (language === 'ko')) found.push(`${path} is in the wrong language`);
        // A 404 of the document itself is what the page is about.
        found.push(...complaints.filter((words) => !words.includes('404')).map((words) => `${path} ${words}`));
        await page.close();
      }
      expect(found).toEqual([]);
    },
  );

  test('a picture that ends while it is watched says so, accessibly, in both looks', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      const session = { session_id: colorScheme, template: '<svg viewBox="0 0 9 9"/>', args: { n: 1 } };
      const owner = await bearer(app.url, 'carol');
      expect((await call(app.url, 'POST', '/api/user/carol/session', session, owner)).status).toBe(201);
      const address = `${app.url}/session/carol/${colorScheme}`;
      const { page } = await openPage(await openContext(browser, { colorScheme, reducedMotion: 'reduce' }), address);
      await page.locator('[data-state=live]').waitFor();
      await call(app.url, 'DELETE', `/api/user/carol/session/${colorScheme}`, undefined, owner);
      await page.getByRole('heading', { name: 'This picture is gone' }).waitFor();
      expect(await violations(page)).toEqual([]);
    }
  });

  test('a picture of one’s own that ends while it is watched says so, and its last frame stays', async () => {
    const context = await asAlice({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const { body } = await call(app.url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const token = { authorization: `Bearer ${body.token}` };
    const session = { session_id: 'short-lived', template: '<svg viewBox="0 0 9 9"/>' };
    expect((await call(app.url, 'POST', '/api/user/alice/session', session, token)).status).toBe(201);
    const { page } = await openPage(context, `${app.url}/session/alice/short-lived`);
    await page.locator('[data-state=live]').waitFor();
    await call(app.url, 'DELETE', '/api/user/alice/session/short-lived', undefined, token);
    await page.getByText('This picture has ended').waitFor();
    expect(await page.locator('.stage img').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Share' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});
