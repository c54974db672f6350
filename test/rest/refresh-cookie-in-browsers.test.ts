import { describe, expect, it, onTestFinished } from 'vitest';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { firefoxAvailable, launchFirefox } from '../harness/firefox.ts';
import { serveMarkup } from '../harness/strangers-page.ts';

interface Page {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
}

const ask = (url: string, body: object | null, options = '') => `fetch('${url}', {
  method: 'POST', ${body === null ? '' : `headers: { 'content-type': 'application/json' }, body: '${JSON.stringify(body)}',`}
  ${options}
}).then(async (answer) => ({ type: answer.type, status: answer.status, text: await answer.text() }))`;

describe.each([
  ['Chromium', chromiumAvailable, launchChromium],
  ['Firefox', firefoxAvailable, launchFirefox],
] as const)('the refresh cookie in %s', (_name, available, launch) => {
  it.skipIf(!available)(
    'renews for our page, is seen by no script, and does nothing for a page on another port',
    async () => {
      const app = await appForTest();
      const browser = await launch();
      onTestFinished(() => browser.close());
      const page: Page = await browser.newPage();
      await page.goto(`${app.url}/docs`);
      const credentials = { user_id: 'alice', password: 'correct horse', remember: 'cookie' };
      expect(await page.evaluate(ask('/api/auth/register', credentials))).toMatchObject({ status: 201 });
      expect(await page.evaluate('document.cookie')).toBe('');

      // Two renewals at once, as of two tabs.
      const both = `Promise.all([${ask('/api/auth/refresh', {})}, ${ask('/api/auth/refresh', {})}])`;
      const [one, two] = (await page.evaluate(both)) as { status: number; text: string }[];
      expect(one).toMatchObject({ status: 200 });
      expect(two?.text).toBe(one?.text);
      const rotations = () => app.log.filter((line) => line.includes('"token.rotated"')).length;
      expect(rotations()).toBe(1);

      // Another port of the same host is the same site.
      await page.goto(await serveMarkup('', '127.0.0.1'));
      const simple = "mode: 'no-cors', credentials: 'include'";
      for (const path of ['refresh', 'logout']) {
        const seen = await page.evaluate(ask(`${app.url}/api/auth/${path}`, null, simple));
        expect(seen).toEqual({ type: 'opaque', status: 0, text: '' });
      }
      const withJson = `${ask(`${app.url}/api/auth/refresh`, {}, "credentials: 'include'")}.catch(() => 'refused')`;
      expect(await page.evaluate(withJson)).toBe('refused');
      expect(rotations()).toBe(1);

      await page.goto(`${app.url}/docs`);
      expect(await page.evaluate(ask('/api/auth/refresh', null))).toMatchObject({ status: 200 });
      expect(await page.evaluate(ask('/api/auth/logout', {}))).toMatchObject({ status: 204 });
      expect(await page.evaluate(ask('/api/auth/refresh', {}))).toMatchObject({ status: 422 });
    },
  );
});
