import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { startServer } from '../harness/server-process.ts';
import { openContext, openPage, PASSWORD, SOON, signUp } from './open-console.ts';

describe.skipIf(!chromiumAvailable)('whoever is signed in, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  const kept = (page: Page) =>
    page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie');

  test('stays so after a reload, and no script finds a token', async () => {
    const { url } = await appForTest();
    const { page, complaints } = await openPage(await openContext(browser), url);
    await signUp(page, url, 'alice');
    await page.reload();
    await page.getByText('No pictures yet').waitFor();
    const stored = JSON.parse(((await kept(page)) as string).replace(/\}.*$/s, '}'));
    expect(stored).toEqual({ 'rsvg.user': 'alice', 'rsvg.left': expect.stringMatching(/^\["[\d-]+",\d+\]$/) });
    expect(complaints).toEqual([]);
  });

  test('is signed out in every tab by signing out in one', async () => {
    const { url } = await appForTest();
    const context = await openContext(browser);
    const { page } = await openPage(context, url);
    await signUp(page, url, 'alice');
    const { page: other } = await openPage(context, `${url}/keys`);
    await other.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await other.getByRole('heading', { name: 'Sign in to make keys for your programs' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Your pictures are behind your sign-in' }).waitFor();
  });

  test('ends all sign-ins at once', async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url);
    await signUp(page, url, 'alice');
    const elsewhere = { user_id: 'alice', password: 'correct horse battery' };
    const { text } = await call(url, 'POST', '/api/auth/login', elsewhere);
    await page.goto(`${url}/account`);
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('You are signed out everywhere.').waitFor();
    const authorization = { authorization: `Bearer ${(JSON.parse(text) as { token: string }).token}` };
    expect((await call(url, 'GET', '/api/auth/me', undefined, authorization)).status).toBe(401);
  });

  test('is told at the field that is wrong what is wrong with it', async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), `${url}/new`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const dialog = page.getByRole('dialog');
    const id = dialog.getByLabel('User id');
    await expect.poll(() => id.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('nobody');
    await dialog.getByLabel('Password').fill('wrong password');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('User id or password is wrong.').waitFor();
    expect(await id.getAttribute('aria-invalid')).toBe('false');
    await dialog.getByRole('tab', { name: 'Create account' }).click();
    expect(await dialog.getByText('User id or password is wrong.').count()).toBe(0);
    await id.fill('a/b');
    await dialog.getByRole('button', { name: 'Create account' }).click();
    await expect.poll(() => id.getAttribute('aria-invalid')).toBe('true');

    await signUp(page, url, 'alice');
    await page.goto(`${url}/account`);
    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password').fill('another password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('That is not your password.').waitFor();

    await page.goto(`${url}/new?template=nonsense`);
    await page.getByText('There is no template called “nonsense”.').waitFor();
    await page.getByRole('link', { name: 'Blank' }).click();
    await page.getByLabel('Name').fill('a/b');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('A name has 1 to 128 characters').waitFor();
    expect(await page.getByLabel('Name').evaluate((input) => input === document.activeElement)).toBe(true);
  });

  test('makes a key that is shown once, and revokes it', async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url);
    await signUp(page, url, 'alice');
    await page.goto(`${url}/keys`);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('Sensor');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = await page.getByRole('dialog').locator('code').innerText();
    const authorization = { authorization: `Bearer ${secret}` };
    expect((await call(url, 'GET', '/api/auth/me', undefined, authorization)).status).toBe(200);
    for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').locator('code').innerText()).toBe(secret);
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke Sensor' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No keys yet').waitFor();
    expect((await call(url, 'GET', '/api/auth/me', undefined, authorization)).status).toBe(401);
  });

  test('makes by keyboard a key for pictures that are found as one types, and for one that is yet to be made', async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url);
    await signUp(page, url, 'alice');
    const { body } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const token = { authorization: `Bearer ${body.token}` };
    const create = (session_id: string) =>
      call(url, 'POST', '/api/user/alice/session', { session_id, template: '<svg viewBox="0 0 9 9"/>' }, token);
    for (const name of ['attic', 'kitchen', 'kitchen sink']) await create(name);

    await page.goto(`${url}/keys`);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('Name').fill('Sensor');
    await page.getByLabel('Ends').selectOption('in 7 days');
    await page.getByLabel('Only push args').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Tick the pictures').waitFor();
    const search = page.getByRole('searchbox', { name: 'Pictures' });
    await search.focus();
    await page.keyboard.type('kitchen');
    await page.getByRole('checkbox', { name: 'alice/attic' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.getByRole('checkbox', { name: 'alice/kitchen sink' }).isChecked()).toBe(true);
    await search.fill('cellar');
    await search.press('Enter');
    await page.getByRole('checkbox', { name: 'alice/cellar as you wrote it, made or not' }).check();
    await search.fill('bob/garden');
    await expect.poll(() => page.getByRole('checkbox').count(), SOON).toBe(2);

    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = { authorization: `Bearer ${await page.getByRole('dialog').locator('code').innerText()}` };
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('alice/kitchen sink, alice/cellar').waitFor();
    await page.getByText('in 6 days').waitFor();
    await create('cellar');
    const push = async (name: string) =>
      (await call(url, 'PUT', `/api/user/alice/session/${encodeURIComponent(name)}`, { args: {} }, key)).status;
    expect([await push('kitchen sink'), await push('cellar'), await push('kitchen')]).toEqual([204, 204, 403]);
  });

  test('goes by keyboard alone from the start page to a picture', { timeout: 90_000 }, async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await openContext(browser), url);
    const focused = () =>
      page.evaluate('document.activeElement?.textContent.trim() || document.activeElement?.ariaLabel');
    async function tabTo(name: string | RegExp) {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const at = (await focused()) as string | null;
        if (at !== null && (typeof name === 'string' ? at === name : name.test(at))) return;
      }
      throw new Error(`The tab key does not lead to ${name}`);
    }
    await tabTo('Skip to content');
    await tabTo('Make your own');
    await page.keyboard.press('Enter');
    await page.locator('.template .picture img').first().waitFor();
    await tabTo(/^Blank/);
    await page.keyboard.press('Enter');
    await page.locator('.preview:not(.stale) img').waitFor();
    await tabTo('Create');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/session/*`);
    await page.locator('.stage img').waitFor();
  });

  test('watches on when the server is killed and comes back', { timeout: 180_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rsvg-console-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const first = await startServer('--data-dir', dataDir, '--demo', 'off');
    const session = { session_id: 'field', template: '<svg viewBox="0 0 9 9">{{ n }}</svg>', args: { n: 1 } };
    await call(first.url, 'POST', '/api/session', session);
    const { page } = await openPage(await openContext(browser), `${first.url}/session/field`);
    const state = () => page.locator('[data-state]').getAttribute('data-state');
    await expect.poll(state, SOON).toBe('live');
    await first.kill('SIGKILL');
    await expect.poll(state, SOON).toBe('waiting');
    const second = await startServer('--data-dir', dataDir, '--demo', 'off', '--port', String(first.port));
    await expect.poll(state, SOON).toBe('live');
    await call(second.url, 'PATCH', '/api/session/field', { args: { n: 2 } });
    await expect.poll(() => page.locator('[data-fact=version]').textContent(), SOON).toBe('2');
  });
});
