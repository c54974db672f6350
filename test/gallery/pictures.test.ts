import { readFileSync } from 'node:fs';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/json.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { draw, openPage, pixelAt, show } from './drawing.ts';
import { EXAMPLES, type Example, render, shapesFile } from './examples.ts';
import { collisions, contrastOf, contrastWanted, shownTexts } from './texts.ts';

/** The share of pixels that another version of Chromium may smooth otherwise. */
const TOLERATED = 0.002;

/** Width of the rim that texts leave free. */
const RIM = 8;

/** The value with every text but those that choose among forms replaced. */
function reworded(value: JsonValue, text: string): JsonValue {
  if (typeof value === 'string') return /^[a-z]+$|^#/.test(value) ? value : text;
  if (Array.isArray(value)) return value.map((each) => reworded(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reworded(each as JsonValue, text)]));
}

// Letters differ from machine to machine, shapes do not: so the shapes are compared with a picture, pixel by pixel, and
// the texts, which gallery.test.ts compares by their words, must be readable here in whatever font there is.
describe.skipIf(!chromiumAvailable)('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await openPage(browser);
  });
  afterAll(() => browser.close());

  const svgOf = ({ template, args }: Example) => render(template, args).svg;

  describe.each(EXAMPLES)('$id, $theme', (example) => {
    test('is drawn in an <img>, at its size', async () => {
      const svg = svgOf(example);
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      await page.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(svg)}">`);
      const size =
        'document.images[0].decode().then(() => [document.images[0].naturalWidth, document.images[0].naturalHeight])';
      expect(await page.evaluate(size)).toEqual([Number(width), Number(height)]);
    });

    test('its shapes are those of its picture', async () => {
      await show(page, svgOf(example));
      const { width, height, data } = await draw(page, { texts: false });
      const reference = PNG.sync.read(readFileSync(shapesFile(example)));
      expect([width, height]).toEqual([reference.width, reference.height]);
      const differing = pixelmatch(data, reference.data, undefined, width, height, { threshold: 0.1 });
      expect(differing / (width * height), `${differing} pixels differ`).toBeLessThanOrEqual(TOLERATED);
    });

    test('its texts stand inside, apart from each other, and can be read', async () => {
      await show(page, svgOf(example));
      const shapes = await draw(page, { texts: false });
      await draw(page, { texts: true });
      const texts = await shownTexts(page);
      expect(texts.length).toBeGreaterThan(0);
      const outside = texts.filter(({ left, right, top, bottom, size }) => {
        const above = (bottom - top - size) / 2;
        return left < RIM || right > shapes.width - RIM || top + above < 0 || bottom - above > shapes.height;
      });
      expect(
        outside.map(({ words }) => words),
        'outside',
      ).toEqual([]);
      expect(collisions(texts), 'upon each other').toEqual([]);
      const pale = texts.filter((text) => contrastOf(text, shapes) < contrastWanted(text));
      expect(
        pale.map((text) => `${text.words}: ${contrastOf(text, shapes).toFixed(2)}`),
        'pale',
      ).toEqual([]);
    });

    test.each([
      ['letters', 'Wide words '.repeat(20)],
      ['한글', '아주 긴 글자들 '.repeat(20)],
    ])('too many %s leave its rim free', async (_, text) => {
      await show(page, render(example.template, reworded(example.args, text) as Example['args']).svg);
      const shapes = await draw(page, { texts: false });
      const whole = await draw(page, { texts: true });
      const written: string[] = [];
      for (let y = 0; y < whole.height; y += 1) {
        for (let x = 0; x < RIM; x += 1) {
          for (const at of [x, whole.width - 1 - x]) {
            if (`${pixelAt(whole, at, y)}` !== `${pixelAt(shapes, at, y)}`) written.push(`${at},${y}`);
          }
        }
      }
      expect(written).toEqual([]);
    });
  });

  test('nothing moves where no motion is wanted, and something does where it is', async () => {
    const movingIn = async (on: Page) => {
      const moving: string[] = [];
      for (const example of EXAMPLES.filter(({ theme }) => theme === 'dark')) {
        await show(on, svgOf(example));
        if ((await on.evaluate<number>('document.getAnimations().length')) > 0) moving.push(example.id);
      }
      return moving;
    };
    expect(await movingIn(page)).toEqual([]);
    expect(await movingIn(await browser.newPage())).toEqual([
      ...['badge', 'banner', 'bar-race', 'clock', 'countdown', 'now-playing', 'pipeline', 'price-ticker'],
      ...['server-monitor', 'sparkline-card', 'status-board', 'weather'],
    ]);
  });
});
