import { describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable } from '../harness/chromium.ts';
import { serveMarkup } from '../harness/strangers-page.ts';
import { openPage, PASSWORD, SOON, signUp, watchingChromium } from './open-console.ts';

const SQUARE = '<svg viewBox="0 0 100 100"><rect width="100" height="100" fill="{{ fill }}"/></svg>';

describe.skipIf(!chromiumAvailable)('a picture of one’s own, in Chromium', () => {
  const { context: newContext, colour } = watchingChromium();

  async function withOwner() {
    const { url } = await appForTest();
    const context = await newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page, complaints } = await openPage(context, `${url}/`);
    await signUp(page, url, 'alice');
    const { text } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const token = { authorization: `Bearer ${(JSON.parse(text) as { token: string }).token}` };
    const session = { session_id: 'square', template: SQUARE, args: { fill: '#ff0000' } };
    const create = () => call(url, 'POST', '/api/user/alice/session', session, token);
    return { url, context, page, complaints, token, create };
  }

  test('is made from the gallery, changes in a second window, and shows where its snippet is pasted', async () => {
    const { url, context, page, complaints } = await withOwner();
    await page.getByRole('link', { name: 'Make your own' }).click();
    await page.getByRole('link', { name: /^Gauge/ }).click();
    await page.getByLabel('Name').fill('boiler');
    await page.locator('.preview img').waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(`${url}/session/alice/boiler`);

    const { page: second } = await openPage(context, `${url}/session/alice/boiler`);
    await second.locator('.picture img').waitFor();
    await page.getByLabel('label', { exact: true }).fill('Attic');
    await page.getByText('Live as version').waitFor();
    expect((await call(url, 'GET', '/snapshot/alice/boiler')).text).toContain('>Attic<');
    const version = await page.locator('[data-fact=version]').textContent();
    await expect.poll(() => second.locator('[data-fact=version]').textContent(), SOON).toBe(version);

    expect(await page.getByRole('link', { name: 'Make a key' }).getAttribute('href')).toBe('/keys');
    await page.getByRole('button', { name: 'Copy HTML image' }).click();
    const snippet = (await page.evaluate('navigator.clipboard.readText()')) as string;
    const { page: elsewhere } = await openPage(context, await serveMarkup(snippet));
    await expect.poll(() => elsewhere.evaluate('document.images[0].naturalWidth'), SOON).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('changes in another window within a second of the form', async () => {
    const { url, page, create } = await withOwner();
    expect((await create()).status).toBe(201);
    await page.goto(`${url}/session/alice/square`);
    const stranger = await newContext();
    const { page: second, complaints } = await openPage(stranger, `${url}/session/alice/square`);
    await expect.poll(() => colour(second), SOON).toBe('#ff0000');
    await second.getByText('Only the owner').waitFor();
    await page.getByLabel('fill', { exact: true }).fill('#00ff00');
    await expect.poll(() => colour(second), { timeout: 1000, interval: 20 }).toBe('#00ff00');
    expect(complaints).toEqual([]);
  });

  test('takes a colour letter by letter', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    await page.goto(`${url}/session/alice/square`);
    const field = page.getByLabel('fill', { exact: true });
    await field.fill('');
    await field.focus();
    await page.keyboard.type('#00ff00', { delay: 20 });
    expect(await field.inputValue()).toBe('#00ff00');
    const args = async () => (await call(url, 'GET', '/api/user/alice/session/square', undefined, token)).body.args;
    await expect.poll(args, SOON).toEqual({ fill: '#00ff00' });
  });

  test('shows while it is typed what is wrong, where, and keeps the last good picture', async () => {
    const { url, page, complaints } = await withOwner();
    await page.goto(`${url}/new?template=blank`);
    await page.locator('.preview:not(.stale) img').waitFor();
    await page.getByRole('textbox', { name: 'SVG template' }).press('Control+Home');
    await page.keyboard.type('{{ 1 + }}');
    await page.locator('.cm-lintRange-error').waitFor();
    await page.getByText(/^Line 1, column \d+/).waitFor();
    expect(await page.locator('.preview.stale img').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('is typed with the help of what its template reads and of the filters that there are', async () => {
    const { url, page } = await withOwner();
    await page.goto(`${url}/new?template=blank`);
    await page.locator('.preview:not(.stale) img').waitFor();
    await page.getByRole('textbox', { name: 'SVG template' }).press('Control+Home');
    await page.keyboard.type('{{ backgr');
    // A key that comes with the list itself is taken as typing, not as a choice.
    await page.getByRole('option', { name: 'background' }).click();
    await page.keyboard.type(' | upp');
    await page.getByRole('option', { name: 'upper' }).click();
    await page.getByText('{{ background | upper').waitFor();
  });

  test('is saved by whoever is asked, when two have changed it', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    const theirs = (fill: string) => call(url, 'PATCH', '/api/user/alice/session/square', { args: { fill } }, token);
    await page.goto(`${url}/edit/alice/square`);
    await page.getByLabel('fill', { exact: true }).fill('#00ff00');
    await theirs('#0000ff');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await expect.poll(() => page.getByLabel('fill', { exact: true }).inputValue(), SOON).toBe('#0000ff');

    await page.getByLabel('fill', { exact: true }).fill('#00ff00');
    await theirs('#ffff00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('Every viewer sees version 4.').waitFor();
    expect((await call(url, 'GET', '/snapshot/alice/square')).text).toContain('#00ff00');
  });

  test('keeps the args that others pushed while its template was edited', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    await page.goto(`${url}/edit/alice/square`);
    await page.getByRole('textbox', { name: 'SVG template' }).press('Control+Home');
    await page.keyboard.type('<!-- mine -->');
    await call(url, 'PATCH', '/api/user/alice/session/square', { args: { fill: '#0000ff' } }, token);
    await page.keyboard.press('Control+s');
    await page.getByText('Every viewer sees version 3.').waitFor();
    const { text } = await call(url, 'GET', '/api/user/alice/session/square', undefined, token);
    expect(JSON.parse(text)).toMatchObject({ template: expect.stringContaining('mine'), args: { fill: '#0000ff' } });
  });

  test('follows in its editor what others push, while its template is edited and after it is saved', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    const push = (fill: string) => call(url, 'PATCH', '/api/user/alice/session/square', { args: { fill } }, token);
    const shown = () => page.getByLabel('fill', { exact: true }).inputValue();
    await page.goto(`${url}/edit/alice/square`);
    await page.getByRole('textbox', { name: 'SVG template' }).press('Control+Home');
    await page.keyboard.type('<!-- mine -->');
    await push('#0000ff');
    await expect.poll(shown, SOON).toBe('#0000ff');
    await expect.poll(() => colour(page), SOON).toBe('#0000ff');
    await push('#00ffff');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Every viewer sees version 4.').waitFor();
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect(await shown()).toBe('#00ffff');
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    expect((await call(url, 'GET', '/snapshot/alice/square')).text).toContain('#00ffff');

    await page.getByLabel('fill', { exact: true }).fill('#ff00ff');
    await push('#ffff00');
    await page.getByText('Saving asks whose change stays.').waitFor();
    expect(await shown()).toBe('#ff00ff');
  });

  test('is made again from its editor when it was deleted elsewhere, as it stands there', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    await page.goto(`${url}/edit/alice/square`);
    await page.getByLabel('fill', { exact: true }).fill('#00ff00');
    await call(url, 'DELETE', '/api/user/alice/session/square', undefined, token);
    await page.getByText('This picture was deleted or has expired.').waitFor();
    await page.getByRole('button', { name: 'Create it again' }).click();
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    expect((await call(url, 'GET', '/snapshot/alice/square')).text).toContain('#00ff00');
    await call(url, 'PATCH', '/api/user/alice/session/square', { args: { fill: '#0000ff' } }, token);
    await expect.poll(() => page.getByLabel('fill', { exact: true }).inputValue(), SOON).toBe('#0000ff');
  });

  test('is saved after a sign-in that ended while it was edited, and nothing that was written is lost', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    await page.goto(`${url}/edit/alice/square`);
    await page.getByLabel('fill', { exact: true }).fill('#00ff00');
    const everywhere = { query: 'mutation { signOut(everywhere: true) }' };
    expect((await call(url, 'POST', '/graphql', everywhere, token)).status).toBe(200);
    // The connection learns of it first, on whatever machine.
    await page.getByRole('banner').getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).dispatchEvent('click');
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('fill', { exact: true }).inputValue()).toBe('#00ff00');
    await page.getByRole('button', { name: 'Save' }).click();
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Every viewer sees version 2.').waitFor();
    expect((await call(url, 'GET', '/snapshot/alice/square')).text).toContain('#00ff00');
  });

  test('is deleted only once that is confirmed', async () => {
    const { url, page, create, token } = await withOwner();
    await create();
    await page.goto(`${url}/sessions`);
    const actions = await page.getByRole('button', { name: 'Actions for square' }).boundingBox();
    const height = Math.round((actions?.y ?? 0) + (actions?.height ?? 0) + 20);
    await page.setViewportSize({ width: 1280, height });
    await page.getByRole('button', { name: 'Actions for square' }).click();
    const { y = 0, height: tall = 999 } = (await page.locator('.menu-items').boundingBox()) ?? {};
    expect(y + tall).toBeLessThan(height);
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete square?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await call(url, 'GET', '/api/user/alice/session/square', undefined, token)).status).toBe(200);
    await page.getByRole('button', { name: 'Actions for square' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No pictures yet').waitFor();
    expect((await call(url, 'GET', '/api/user/alice/session/square', undefined, token)).status).toBe(404);
  });
});
