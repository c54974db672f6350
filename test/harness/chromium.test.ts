import { describe, expect, onTestFinished, test } from 'vitest';
import { chromiumAvailable, chromiumPath, launchChromium } from './chromium.ts';

describe.skipIf(!chromiumAvailable)('the browser of the tests', () => {
  test('starts, and draws an SVG in an <img>', async () => {
    expect(chromiumPath()).not.toBeNull();
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';
    await page.setContent(`<img src="data:image/svg+xml,${encodeURIComponent(svg)}">`);
    const width = 'document.images[0].decode().then(() => document.images[0].naturalWidth)';
    expect(await page.evaluate(width)).toBe(30);
  });
});
