import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, openPage, SOON } from './open-console.ts';

const SESSION = {
  session_id: 'bar',
  template: '<svg viewBox="0 0 9 9"><rect width="{{ w }}" height="9" fill="{{ fill }}"/>{{ code }}</svg>',
  args: { w: 100, fill: '#22c55e', code: 'a', list: [1] },
};

describe.skipIf(!chromiumAvailable)('the form of args, key by key in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function openForm() {
    const { url } = await appForTest();
    expect((await call(url, 'POST', '/api/session', SESSION)).status).toBe(201);
    const { page, complaints } = await openPage(await openContext(browser), `${url}/session/bar`);
    const stored = async () => {
      const { text } = await call(url, 'GET', '/api/session/bar');
      return (JSON.parse(text) as { args: Record<string, unknown> }).args;
    };
    const field = (name: string) => page.getByLabel(name, { exact: true });
    async function type(name: string, text: string) {
      await field(name).click();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
      return field(name).inputValue();
    }
    await field('w').waitFor();
    return { url, page, complaints, stored, field, type };
  }

  test('a number is what was typed, decimals and signs too, and the slider follows', async () => {
    const { page, complaints, stored, type } = await openForm();
    for (const [typed, value] of [
      ['0.5', 0.5],
      ['1.05', 1.05],
      ['-0.5', -0.5],
      ['10.01', 10.01],
      ['.25', 0.25],
      ['2.50', 2.5],
    ] as const) {
      expect(await type('w', typed)).toBe(typed);
      await expect.poll(async () => (await stored()).w, SOON).toBe(value);
    }
    await page.getByLabel('w: slide').fill('40');
    await expect.poll(async () => (await stored()).w, SOON).toBe(40);
    expect(await page.getByLabel('w', { exact: true }).inputValue()).toBe('40');
    // The range is 0 to 100.
    expect(await page.getByLabel('w: slide').getAttribute('style')).toBe('--filled: 0.4;');
    expect(complaints).toEqual([]);
  });

  test('a field that says no number is marked and changes nothing, until it does or somebody slides', async () => {
    const { page, stored, field, type } = await openForm();
    await field('w').fill('');
    await page.getByText('That is no number yet; the picture keeps 100.').waitFor();
    expect(await field('w').getAttribute('aria-invalid')).toBe('true');
    expect((await stored()).w).toBe(100);
    await type('w', '7');
    await page.getByText('That is no number yet').waitFor({ state: 'detached' });
    await expect.poll(async () => (await stored()).w, SOON).toBe(7);
  });

  test('a colour is typed by its name, and goes live once it is one', async () => {
    const { page, stored, type } = await openForm();
    expect(await type('fill', 're')).toBe('re');
    await page.getByText('That is no colour yet; the picture keeps #22c55e.').waitFor();
    expect((await stored()).fill).toBe('#22c55e');
    await page.keyboard.type('d');
    await expect.poll(async () => (await stored()).fill, SOON).toBe('red');
    expect(await type('fill', '#ff00ff')).toBe('#ff00ff');
    await expect.poll(async () => (await stored()).fill, SOON).toBe('#ff00ff');
  });

  test('a field keeps the focus when what is typed looks like something else', async () => {
    const { stored, type } = await openForm();
    expect(await type('code', '#abc and more')).toBe('#abc and more');
    await expect.poll(async () => (await stored()).code, SOON).toBe('#abc and more');
    expect(await type('list', '5')).toBe('5');
    expect(await type('list', '[5, 6]')).toBe('[5, 6]');
    await expect.poll(async () => (await stored()).list, SOON).toEqual([5, 6]);
  });

  test('what others push shows', async () => {
    const { url, field } = await openForm();
    await call(url, 'PATCH', '/api/session/bar', { args: { w: 0.125, fill: 'navy', list: 'text now' } });
    await expect.poll(() => field('w').inputValue(), SOON).toBe('0.125');
    await expect.poll(() => field('fill').inputValue(), SOON).toBe('navy');
    await expect.poll(() => field('list').inputValue(), SOON).toBe('text now');
  });
});
