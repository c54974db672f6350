import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ANONYMOUS } from '../harness/callers.ts';
import { useGraphqlServer } from './use-server.ts';

const setup = useGraphqlServer();

/** As a browser navigates. `fetch` would undo the encoding. */
async function visit(headers: Record<string, string> = {}, method = 'GET', query = '') {
  const sent = request(setup.server.url + query, { method, headers: { accept: 'text/html,*/*;q=0.8', ...headers } });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) };
}

describe('the playground is one page', () => {
  test('sent compressed as the browser wishes, with a policy of its own', async () => {
    const plain = await visit();
    expect(plain.status).toBe(200);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      vary: 'Origin, Accept, Accept-Encoding',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sha256-.*frame-ancestors 'none'/),
    });
    const brotli = await visit({ 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    const gzip = await visit({ 'accept-encoding': 'gzip, br;q=0' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(brotli.body.length).toBeLessThan(plain.body.length / 3);
  });

  test('is not sent again to a browser that has it', async () => {
    const { headers } = await visit({ 'accept-encoding': 'br' });
    const again = await visit({ 'accept-encoding': 'br', 'if-none-match': `"other", W/${headers.etag}` });
    expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
    expect((await visit({ 'accept-encoding': 'gzip', 'if-none-match': String(headers.etag) })).status).toBe(200);
  });

  test('needs no token, answers HEAD, and stays when the address holds a query', async () => {
    expect((await visit({ authorization: 'Bearer no' })).status).toBe(200);
    const head = await visit({}, 'HEAD');
    expect({ status: head.status, length: head.body.length }).toEqual({ status: 200, length: 0 });
    expect((await visit({}, 'GET', '?query={me{id}}')).headers['content-type']).toContain('text/html');
  });
});

/** Hue, saturation and lightness in whole numbers miss a colour by a little. */
function near(colour: string, wanted: string): boolean {
  const parts = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const [is, should] = [parts(colour), parts(wanted)];
  return is.length === 3 && should.every((part, at) => Math.abs(part - (is[at] ?? -99)) <= 3);
}

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    });
  }, 60_000);
  afterAll(() => browser.close());

  test('opens with four tabs that make a live image, without a complaint or a foreign request', async () => {
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    const foreign: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (sent) => {
      const own = [setup.server.url, `blob:${new URL(setup.server.url).origin}`, 'data:'];
      if (!own.some((start) => sent.url().startsWith(start))) foreign.push(sent.url());
    });
    const answer = page.locator('.result-window .view-lines');

    /** For a moment after a change of tabs GraphiQL still has the old operation, and refuses to run it itself. */
    async function run(name: string, expected: string) {
      await page.locator('.graphiql-tab-button', { hasText: name }).click();
      await page.locator('.graphiql-tab-active', { hasText: name }).waitFor();
      const tried = async () => {
        await page.locator('.graphiql-execute-button').click();
        return answer
          .filter({ hasText: expected })
          .waitFor({ timeout: 3000 })
          .then(
            () => 'answered',
            () => answer.innerText(),
          );
      };
      await expect.poll(tried, { timeout: 20_000 }).toBe('answered');
    }

    await page.goto(setup.server.url);
    await page.locator('.graphiql-tab').first().waitFor();
    expect(await page.locator('.graphiql-tab-button').allInnerTexts()).toEqual(['SignIn', 'Create', 'Watch', 'Push']);

    // Where the answer is slow it is asked again, and the id is claimed by then.
    await run('SignIn', '"created":');
    await run('Create', '"id": "playground"');
    await run('Watch', '"version": 1');
    await setup.server.sessions.update(ANONYMOUS, { owner: null, name: 'playground' }, { patch: { percent: 55 } });
    await answer.filter({ hasText: '"version": 2' }).waitFor();
    await run('Push', '"version": 3');
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
  }, 90_000);

  test('leads back to the console, from above what GraphiQL fills', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    onTestFinished(() => page.close());
    await page.goto(setup.server.url);
    await page.locator('.graphiql-execute-button').waitFor();
    const back = page.getByRole('link', { name: 'realtime-svg' });
    expect(await back.getAttribute('href')).toBe('/');
    const { y = -1, height = 0 } = (await back.boundingBox()) ?? {};
    const graphiql = await page.locator('.graphiql-container').first().boundingBox();
    expect(y).toBeGreaterThan(0);
    expect(graphiql?.y).toBeGreaterThanOrEqual(y + height);
    expect((graphiql?.y ?? 0) + (graphiql?.height ?? 0)).toBe(800);
    // It can be pressed: nothing lies over it.
    await back.click({ trial: true });
  }, 60_000);

  test('remembers headers for the tab, and nothing beyond it', async () => {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(setup.server.url);
    await page.locator('.graphiql-tab').first().waitFor();
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor:visible').last().click();
    await page.keyboard.insertText('{"X-Remembered": "for the tab"}');
    const kept = 'Object.values({ ...sessionStorage }).some((text) => text.includes("for the tab"))';
    await expect.poll(() => page.evaluate(kept)).toBe(true);

    await page.reload();
    const sent = page.waitForRequest((asked) => asked.headers()['x-remembered'] === 'for the tab');
    await page.locator('.graphiql-tab').first().waitFor();
    await page.locator('.graphiql-execute-button').click();
    expect((await sent).method()).toBe('POST');

    // The page puts the one in the place of the other; a page without it has the browser's own.
    const another = await context.newPage();
    await another.goto(setup.server.url.replace('/graphql', '/graphql?query={me{id}}'));
    await another.locator('.graphiql-tab').first().waitFor();
    expect(await another.evaluate(kept)).toBe(false);
    const state = await context.storageState();
    expect(state.origins.flatMap(({ localStorage }) => localStorage)).toEqual([]);
  }, 90_000);

  test.each([
    ['dark', 'rgb(15, 23, 42)', 'rgb(56, 189, 248)'],
    ['light', 'rgb(248, 250, 252)', 'rgb(3, 105, 161)'],
  ] as const)(
    'has the colours of the console, %s by system',
    async (colorScheme, background, accent) => {
      const page = await browser.newPage({ colorScheme });
      onTestFinished(() => page.close());
      await page.goto(setup.server.url);
      const button = page.locator('.graphiql-execute-button');
      await button.waitFor();
      const colours = `['body', '.graphiql-container', '.graphiql-execute-button'].map(
      (selector) => getComputedStyle(document.querySelector(selector)).backgroundColor)`;
      const [body, container, execute] = (await page.evaluate(colours)) as string[];
      expect(body).toBe(background);
      expect(near(container ?? '', background)).toBe(true);
      expect(near(execute ?? '', accent)).toBe(true);
      expect(await page.content()).not.toContain('#ff5794');
    },
    60_000,
  );
});
