import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { openContext, openPage, SOON } from './open-console.ts';

const SESSION = {
  session_id: 'square',
  template: '<svg viewBox="0 0 9 9"><desc>{{ fill }} {{ name }}</desc></svg>',
  args: { fill: '#ff0000', name: 'a' },
};

describe.skipIf(!chromiumAvailable)('args as JSON, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function openJson() {
    const { url } = await appForTest();
    expect((await call(url, 'POST', '/api/session', SESSION)).status).toBe(201);
    const { page, complaints } = await openPage(await openContext(browser), `${url}/session/square`);
    await page.getByRole('tab', { name: 'JSON' }).click();
    const editor = page.getByRole('textbox', { name: 'JSON' });
    await editor.waitFor();
    const picture = async () => (await call(url, 'GET', '/snapshot/square')).text;
    return { url, page, complaints, editor, picture };
  }

  async function write(page: Page, text: string) {
    await page.keyboard.press('Control+a');
    // What Chromium itself writes over a selection it dresses in the styles of what stood there, which the policy forbids.
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(text);
  }

  test('go live as they are written, and not while they are no JSON or no object: that is said, with its place', async () => {
    const { page, complaints, editor, picture } = await openJson();
    await editor.click();
    await write(page, '{\n  "fill": "#00ff00",\n  "name": oops\n}');
    await page.getByText('it breaks off at line 3, column 11.').waitFor();
    expect(await page.locator('.cm-lintRange-error').innerText()).toBe('oops');
    await write(page, '["fill"]');
    await page.getByText('Args are a JSON object').waitFor();
    expect(await picture()).toContain('#ff0000 a');
    await write(page, '{ "fill": "#00ff00" }');
    await expect.poll(picture, SOON).toContain('<desc>#00ff00 </desc>');
    expect(await page.locator('.cm-lintRange-error').count()).toBe(0);
    expect(await page.locator('.args [role=status]').innerText()).toBe('');
    expect(complaints).toEqual([]);
  });

  test('show what others push, without pushing it again', async () => {
    const { url, page, editor, picture } = await openJson();
    await call(url, 'PATCH', '/api/session/square', { args: { name: 'theirs' } });
    await expect.poll(() => editor.innerText(), SOON).toContain('"theirs"');
    await editor.click();
    await write(page, '{ "fill": "#0000ff", "name": "theirs" }');
    await expect.poll(picture, SOON).toContain('#0000ff theirs');
    expect((await call(url, 'GET', '/api/session/square')).headers.get('etag')).toMatch(/\.3"$/);
  });

  test('wait half typed while one looks at the form, which follows meanwhile', async () => {
    const { url, page, editor } = await openJson();
    await editor.click();
    await write(page, '{ "half');
    await page.getByRole('tab', { name: 'Form' }).click();
    await call(url, 'PATCH', '/api/session/square', { args: { name: 'theirs' } });
    await expect.poll(() => page.getByLabel('name', { exact: true }).inputValue(), SOON).toBe('theirs');
    await page.getByRole('tab', { name: 'JSON' }).click();
    expect(await editor.innerText()).toContain('{ "half');
  });

  test('stay as they stand, broken too, when the language of the page changes', async () => {
    const { page, editor } = await openJson();
    await editor.click();
    await write(page, '{ "half');
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('button', { name: '한국어' }).click();
    await page.getByRole('button', { name: '언어' }).waitFor();
    await expect.poll(() => page.getByRole('textbox', { name: 'JSON' }).innerText(), SOON).toContain('{ "half');
  });
});
