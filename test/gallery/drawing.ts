import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** Pages stand still: the pictures keep to `prefers-reduced-motion`. */
export async function openPage(browser: Browser): Promise<Page> {
  return browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1000, height: 700 } });
}

/** Puts a picture inline at the corner of a page, so that its elements can be asked. */
export async function show(page: Page, svg: string): Promise<void> {
  await page.setContent(`<style>body { margin: 0 } body > svg { display: block }</style>${svg}`);
}

/** What the page shows of its picture. */
export async function draw(page: Page, { texts }: { readonly texts: boolean }): Promise<PNG> {
  await page.evaluate(`document.documentElement.classList.toggle('shapes', ${!texts})`);
  await page.addStyleTag({ content: '.shapes text { visibility: hidden }' });
  return PNG.sync.read(await page.locator('body > svg').screenshot({ omitBackground: true }));
}

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

export function pixelAt({ data, width }: PNG, x: number, y: number): Pixel {
  const at = (Math.floor(y) * width + Math.floor(x)) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
}
