import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import { expect, onTestFinished } from 'vitest';
import type { ColourAt } from '../harness/pixels.ts';
import { PASSWORD, SOON } from './open-console.ts';

/** A role of ARIA and the name that it is read with. */
type Named = readonly [role: 'button' | 'link' | 'tab' | 'heading' | 'dialog', name: string];

const aria = ([role, name]: Named) => `::-p-aria(${name}[role="${role}"])`;

export type DrivenPage = Awaited<ReturnType<typeof openDrivenPage>>;

/** A profile of a browser; nothing is remembered from others. */
export async function openProfile(browser: Browser): Promise<BrowserContext> {
  const context = await browser.createBrowserContext();
  onTestFinished(() => context.close());
  return context;
}

/** A window of any browser, used as people do: a tab behind another is hidden, and draws nothing. */
export async function openDrivenPage(profile: BrowserContext, url: string) {
  const page: Page = await profile.newPage({ type: 'window' });
  await page.setViewport({ width: 1280, height: 900 });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);

  return {
    page,
    /** What its own console complained about, violations of the policy among them. */
    complaints,
    see: (...named: Named) => page.locator(aria(named)).wait(),
    /** @param selector of CSS */
    seeElement: (selector: string) => page.locator(selector).wait(),
    click: (...named: Named) => page.locator(aria(named)).click(),
    // By its label: what a password is typed into has no role.
    fill: (label: string, value: string) =>
      page.locator(`::-p-xpath(//*[@id=//label[normalize-space()="${label}"]/@for])`).fill(value),
    text: (selector: string) => page.$eval(selector, (element) => element.textContent ?? ''),
    arriveAt: (address: string) => expect.poll(() => page.url(), SOON).toBe(address),
    /** The colour in the middle of an image. */
    async colour(colourAt: ColourAt, selector = '.picture img'): Promise<string> {
      const box = await (await page.$(selector))?.boundingBox();
      if (!box) return 'no picture';
      return colourAt(page, Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2));
    },
  };
}

/** Claims a user id, or enters with it, through the sign-in page, and stands on the list then. */
export async function enter(driven: DrivenPage, url: string, user: string, way: 'claim' | 'enter'): Promise<void> {
  const { page } = driven;
  await page.goto(`${url}/sign-in`);
  if (way === 'claim') await driven.click('tab', 'Create account');
  await driven.fill('User id', user);
  await driven.fill('Password', PASSWORD);
  await page.locator('form button[type=submit]').click();
  await driven.arriveAt(`${url}/sessions`);
}
