import { describe, expect, test } from 'vitest';
import { call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable } from '../harness/chromium.ts';
import { strangersPage } from '../harness/strangers-page.ts';
import { openPage, PASSWORD, SOON, signUp, watchingChromium } from './open-console.ts';

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="{{ fill }}"/></svg>';

describe.skipIf(!chromiumAvailable)('a private picture in the console, in Chromium', () => {
  const { context: newContext, colour, colourAt } = watchingChromium();

  test('is turned private, stays live to its owner, is shared by a link, and is blank once that is revoked', async () => {
    const { url } = await appForTest();
    const context = await newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const { page, complaints } = await openPage(context, `${url}/`);
    await signUp(page, url, 'alice');
    const { body } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const token = { authorization: `Bearer ${body.token}` };
    const paint = (fill: string) => call(url, 'PUT', '/api/user/alice/session/square', { args: { fill } }, token);
    const session = { session_id: 'square', template: SQUARE, args: { fill: '#ff0000' } };
    await call(url, 'POST', '/api/user/alice/session', session, token);

    const { page: watching, complaints: heard } = await openPage(await newContext(), `${url}/session/alice/square`);
    await expect.poll(() => colour(watching), SOON).toBe('#ff0000');
    await page.goto(`${url}/session/alice/square`);
    await expect.poll(() => colour(page), SOON).toBe('#ff0000');
    await page.getByRole('switch', { name: 'Private' }).click();
    await page.getByRole('heading', { name: 'View links' }).waitFor();
    expect((await call(url, 'GET', '/snapshot/alice/square')).status).toBe(404);
    await paint('#00ff00');
    await expect.poll(() => colour(page), SOON).toBe('#00ff00');
    // Who watched it before sees nothing of it any more.
    await watching.getByRole('heading', { name: 'This picture is gone' }).waitFor();
    expect(await watching.locator('.picture img').count()).toBe(0);
    // Loaded anew it is drawn from the socket, which has the token.
    await page.reload();
    await expect.poll(() => colour(page), SOON).toBe('#00ff00');
    await paint('#0000ff');
    await expect.poll(() => colour(page), SOON).toBe('#0000ff');

    const { page: stranger } = await openPage(await newContext(), `${url}/session/alice/square`);
    await stranger.getByRole('heading', { level: 1 }).waitFor();
    expect(await stranger.locator('.picture img').count()).toBe(0);

    await page.getByRole('button', { name: 'New view link' }).click();
    await page.getByLabel('Frames per second at most').fill('20');
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByRole('button', { name: 'Copy Stream URL' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/\/stream\/alice\/square\?view=rsvv_/);
    const { page: elsewhere } = await openPage(context, await strangersPage(copied));
    const shown = () => colourAt(elsewhere, 50, 50);
    await expect.poll(shown, SOON).toBe('#0000ff');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(shown, SOON).toBe('#808080');
    await page.getByText('There is no link yet.').waitFor();

    // It comes back to who watched it, should it be public again.
    await page.getByRole('switch', { name: 'Private' }).click();
    await expect.poll(() => colour(watching), SOON).toBe('#0000ff');
    expect(heard).toEqual([]);
    await page.getByRole('switch', { name: 'Private' }).click();
    await page.getByRole('heading', { name: 'View links' }).waitFor();

    await page.goto(`${url}/sessions`);
    await page.locator('.session-card .lock').waitFor();
    await expect.poll(() => colour(page), SOON).toBe('#0000ff');
    // The document of the page that was loaded anew: a browser that navigates has no token, so it is that of a missing one.
    expect(complaints).toEqual([expect.stringContaining('404 (Not Found)')]);
  });

  test('is private from the moment it is made, and stays so when it is made again', async () => {
    const { url } = await appForTest();
    const { page } = await openPage(await newContext(), `${url}/`);
    await signUp(page, url, 'alice');
    const { body } = await call(url, 'POST', '/api/auth/login', { user_id: 'alice', password: PASSWORD });
    const token = { authorization: `Bearer ${body.token}` };
    const statuses = async () => [
      (await call(url, 'GET', '/snapshot/alice/secret')).status,
      (await call(url, 'GET', '/snapshot/alice/secret', undefined, token)).status,
    ];
    await page.goto(`${url}/new?template=blank`);
    await page.getByLabel('Name').fill('secret');
    await page.getByLabel('Belongs to').selectOption('public');
    await expect.poll(() => page.getByRole('switch').count(), SOON).toBe(0);
    await page.getByLabel('Belongs to').selectOption('owned');
    await page.getByRole('switch', { name: 'Private' }).click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.waitForURL(`${url}/session/alice/secret`);
    expect(await statuses()).toEqual([404, 200]);

    await page.goto(`${url}/edit/alice/secret`);
    await page.getByLabel('text', { exact: true }).waitFor();
    await call(url, 'DELETE', '/api/user/alice/session/secret', undefined, token);
    await page.getByRole('button', { name: 'Create it again' }).click();
    await page.getByText('Created. It is live.').waitFor();
    expect(await statuses()).toEqual([404, 200]);
  });
});
