import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, SOON, signUp } from './open-console.ts';

/** https://web.dev/articles/cls calls up to 0.1 good. */
const MOST = 0.05;

const PICTURE = 'img[src^=blob]';
const ARGS = '.arg-list[aria-busy=false]';

/** Addresses, and what stands there once all has come. */
const pagesOf = (user: string): readonly (readonly [path: string, ...drawn: string[]])[] => [
  ['/', '.demo img'],
  ['/sessions', `.session-card ${PICTURE}`],
  [`/session/${user}/gauge`, `.stage ${PICTURE}`, ARGS, '[data-state=live]'],
  ['/new', `.template:nth-child(5) ${PICTURE}`],
  ['/new?template=gauge', '.cm-content', `.preview ${PICTURE}`, ARGS],
  [`/edit/${user}/gauge`, '.cm-content', `.preview ${PICTURE}`, ARGS],
  ['/keys', '.empty'],
  ['/account', '.line-item'],
];

/** What moves without being asked to: https://wicg.github.io/layout-instability/ */
const WATCH = `{
  const name = ({ node }) => node === null ? 'something' : (node.nodeName + '.' + node.className).toLowerCase();
  const shifts = [];
  const add = (entries) => entries.filter(({ hadRecentInput }) => !hadRecentInput)
    .forEach(({ value, sources }) => shifts.push({ value, moved: sources.map(name) }));
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  window.shiftsSoFar = () => { add(observer.takeRecords()); return shifts; };
}`;

interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

const PAINTED = 'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))';

/**
 * What a page asks for comes one painting later than it would: what stands there meanwhile is seen, as on a slow line.
 * Not what the first painting itself waits for.
 */
async function comeLate(page: Page): Promise<void> {
  await page.route(/\/graphql$|\/api\/|\/assets\/(?!theme).*\.js$/, async (route) => {
    // The page may be closed by now.
    await page.evaluate(PAINTED).catch(() => {});
    await route.continue().catch(() => {});
  });
}

/** How far it has moved, once what stands there is painted. */
async function jumpOf(page: Page) {
  await page.evaluate(PAINTED);
  const shifts = (await page.evaluate('shiftsSoFar()')) as readonly Shift[];
  return { sum: shifts.reduce((total, { value }) => total + value, 0), shifts };
}

describe.skipIf(!chromiumAvailable)('a page of the console that is loading, in Chromium', () => {
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

  async function makeGauge(context: BrowserContext, user: string): Promise<void> {
    const page = await context.newPage();
    await signUp(page, app.url, user);
    await page.goto(`${app.url}/new?template=gauge`);
    await page.getByLabel('Name').fill('gauge');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(`${app.url}/session/${user}/gauge`);
    await page.close();
  }

  test.each([1280, 360])('does not jump as what it shows comes, at %i px', { timeout: 120_000 }, async (width) => {
    const user = `alice-${width}`;
    const context = await openContext(browser, { viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    await makeGauge(context, user);
    await context.addInitScript(WATCH);
    const jumps: unknown[] = [];
    for (const [path, ...drawn] of pagesOf(user)) {
      const page = await context.newPage();
      await comeLate(page);
      await page.goto(app.url + path, { waitUntil: 'commit' });
      for (const selector of drawn) await page.locator(selector).first().waitFor();
      const jump = await jumpOf(page);
      if (jump.sum >= MOST) jumps.push({ path, ...jump });
      await page.close();
    }
    expect(jumps).toEqual([]);
  });

  test('does not jump when somebody else changes the picture and its args', async () => {
    const session = {
      session_id: 'bar',
      template: '<svg viewBox="0 0 320 160"><rect width="{{ w }}" height="160" fill="{{ fill }}"/></svg>',
      args: { fill: '#22c55e', w: 100 },
    };
    expect((await call(app.url, 'POST', '/api/session', session)).status).toBe(201);
    const context = await openContext(browser, { viewport: { width: 1280, height: 800 } });
    await context.addInitScript(WATCH);
    const page = await context.newPage();
    await page.goto(`${app.url}/session/bar`);
    for (const selector of [`.stage ${PICTURE}`, ARGS, '[data-state=live]']) await page.locator(selector).waitFor();
    const before = await page.locator('.stage img').getAttribute('src');
    await call(app.url, 'PATCH', '/api/session/bar', { args: { w: 200, fill: '#38bdf8' } });
    await page.locator(`.stage ${PICTURE}:not([src="${before}"])`).waitFor();
    await page.locator('[data-fact=version]', { hasText: '2' }).waitFor();
    await expect.poll(() => page.getByLabel('w', { exact: true }).inputValue(), SOON).toBe('200');
    const { sum, shifts } = await jumpOf(page);
    expect(sum, JSON.stringify(shifts)).toBeLessThan(MOST);
  });
});
