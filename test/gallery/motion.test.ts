import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GALLERY, type GalleryTemplate } from '../../src/gallery/gallery.ts';
import type { JsonObject } from '../../src/json.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { show } from './drawing.ts';
import { render } from './examples.ts';
import { shownTexts } from './texts.ts';

const template = (wanted: string) => GALLERY.find(({ id }) => id === wanted) as GalleryTemplate;

describe.skipIf(!chromiumAvailable)('between writes', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });
  afterAll(() => browser.close());

  const begin = (id: string, args: JsonObject) => show(page, render(template(id), args).svg);

  /** The picture as it stands so many seconds after it was first shown. */
  const after = (seconds: number) =>
    page.evaluate(`for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = ${seconds * 1000};
    }`);

  /** Degrees, clockwise from twelve. */
  const angleOf = (hand: string) =>
    page.evaluate<number>(`(() => {
      const { a, b } = document.querySelector('${hand}').getScreenCTM();
      return (Math.round(Math.atan2(b, a) * 180 / Math.PI) + 360) % 360;
    })()`);

  test.each([
    [0, ['02', '01', '01', '05']],
    [5, ['02', '01', '01', '00']],
    [6, ['02', '01', '00', '59']],
    [3665, ['02', '00', '00', '00']],
    [3666, ['01', '23', '59', '59']],
    [176_464, ['00', '00', '00', '01']],
    [176_465, ['00', '00', '00', '00']],
    [500_000, ['00', '00', '00', '00']],
  ])(
    'after %i seconds a countdown from two days, an hour, a minute and five seconds shows %j',
    async (seconds, shown) => {
      await begin('countdown', { seconds: 176_465 });
      await after(seconds + 0.5);
      const numbers = (await shownTexts(page)).map(({ words }) => words).filter((words) => /^\d+$/.test(words));
      expect(numbers).toEqual(shown);
    },
  );

  test.each([
    [0, 304, 50, 126],
    [59, 304, 56, 120],
    [3600, 334, 50, 126],
  ])('after %i seconds the hands of a clock that began at 10:08:21 stand at %d, %d and %d degrees', async (...at) => {
    const [seconds, ...angles] = at;
    await begin('clock', { time: '10:08:21' });
    await after(seconds + 0.5);
    const hands = [await angleOf('.clock-hours'), await angleOf('.clock-minutes'), await angleOf('.clock-seconds')];
    expect(hands).toEqual(angles);
  });

  test('a song goes on to its end and stays there', async () => {
    await begin('now-playing', { position: 60, duration: 120 });
    const right = () =>
      page.evaluate<number>(`document.querySelector('.now-playing-track').getBoundingClientRect().right`);
    await after(0);
    const start = await right();
    await after(30);
    expect(Math.round((await right()) - start)).toBe(76);
    await after(1000);
    expect(Math.round((await right()) - start)).toBe(152);
  });
});
