import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { call } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { chromiumAvailable, launchChromium } from '../harness/chromium.ts';
import { type ColourAt, openEye } from '../harness/pixels.ts';

const SOON = { timeout: 5000, interval: 20 };
const RECT = '<rect width="100" height="100" fill="{{ fill }}"/>';
const BOUNDARY = '\r\n--frame\r\nContent-Type: text/html\r\n\r\n<h1>gotcha</h1>\r\n--frame--\r\n';

/** Pictures that try to end their part before the square is drawn, or need the word to draw it. */
const PICTURES: readonly (readonly [string, string])[] = [
  ['text', `<text>a--frame{{ note }}</text>${RECT}`],
  ['an attribute', `<g class="card--frame {{ note }}"/>${RECT}`],
  ['CDATA', `<text><![CDATA[--frame ]] > --frame--]]></text>${RECT}`],
  ['a comment', `<!--frame-->${RECT}`],
  [
    'a custom property',
    '<style>:root{--frame:{{ fill }}} rect{fill:var(--frame)}</style><rect width="100" height="100"/>',
  ],
  ['a class', '<style>.card--frame{fill:{{ fill }}}</style><rect class="card--frame" width="100" height="100"/>'],
];

describe.skipIf(!chromiumAvailable)('Chromium shows each picture whole, with the boundary', () => {
  let app: RunningApp;
  let browser: Browser;
  let colourAt: ColourAt;
  beforeAll(async () => {
    [app, browser] = await Promise.all([runApp(), launchChromium()]);
    colourAt = await openEye(browser);
  });
  afterAll(() => Promise.all([browser.close(), app.close()]));

  test.each(PICTURES)('in %s', async (where, content) => {
    const template = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${content}</svg>`;
    const name = encodeURIComponent(where);
    const args = (fill: string) => ({ fill, note: BOUNDARY });
    const created = await call(app.url, 'POST', '/api/session', { session_id: where, template, args: args('#ff0000') });
    expect([created.status, created.text]).toEqual([201, expect.any(String)]);
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.setContent(
      `<body style="margin:0;background:#808080"><img src="${app.url}/stream/${name}" width="100" height="100">`,
    );
    await expect.poll(() => colourAt(page, 50, 90), SOON).toBe('#ff0000');
    for (const fill of ['#00ff00', '#0000ff']) {
      expect((await call(app.url, 'PUT', `/api/session/${name}`, { args: args(fill) })).status).toBe(200);
      await expect.poll(() => colourAt(page, 50, 90), SOON).toBe(fill);
    }
  });
});
