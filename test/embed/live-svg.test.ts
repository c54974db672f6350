import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { ask } from '../auth/nodes.ts';
import { bearer, call } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { type ColourAt, openEye } from '../harness/pixels.ts';
import { freePort } from '../harness/redis-server.ts';
import { servePage } from '../harness/strangers-page.ts';
import { createLink, revoke, update } from '../privacy/private-picture.ts';
import { BROWSERS, type Tab, type Tabs } from './tabs.ts';

const FIELD = '<svg viewBox="0 0 10 10"><rect width="10" height="10" fill="{{ fill }}"/></svg>';
const BLUE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#0000ff"/></svg>',
)}`;
const SOON = { timeout: 30_000, interval: 50 };

/** A server that sends what it likes, and what was asked of it. */
async function startHostileServer(svg: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  }).listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { id, type } = JSON.parse(String(data)) as { id?: string; type: string };
      if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (type === 'subscribe')
        socket.send(JSON.stringify({ id, type: 'next', payload: { data: { frames: { svg } } } }));
    });
  });
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe.each(BROWSERS)('<live-svg> in $name', ({ available, launch }) => {
  let browser: Tabs;
  let colourAt: ColourAt;
  beforeAll(async () => {
    if (!available) return;
    browser = await launch();
    colourAt = await openEye(browser);
  });
  afterAll(() => browser?.close());

  async function open(script: string, body: string): Promise<Tab> {
    const tab = await browser.newPage();
    onTestFinished(async () => void (await tab.close()));
    await tab.goto(
      await servePage(
        `<!doctype html><title>Ours</title><script type="module" src="${script}/embed.js"></script><body style="margin:0">${body}`,
      ),
    );
    return tab;
  }
  const attribute = (tab: Tab, name: string) =>
    tab.evaluate(`document.querySelector('live-svg').getAttribute('${name}')`);

  test.skipIf(!available)(
    'shows its fallback until there is a session and when it is gone, at the size that it had before',
    async () => {
      const { url } = await appForTest();
      const owner = await bearer(url, 'zoe');
      const tab = await open(
        url,
        `<live-svg src="${url}/live/zoe/field" alt="A field" fallback="${BLUE}" width="40" height="20">
          <b>before</b></live-svg>`,
      );
      const box = () =>
        tab.evaluate(`(({ width, height }) => width + 'x' + height)(
        document.querySelector('live-svg').getBoundingClientRect())`);
      expect(await box()).toBe('40x20');
      await expect.poll(() => attribute(tab, 'state'), SOON).toBe('gone');
      await expect.poll(() => colourAt(tab, 20, 15), SOON).toBe('#0000ff');
      expect([await attribute(tab, 'role'), await attribute(tab, 'aria-label')]).toEqual(['img', 'A field']);

      const session = { session_id: 'field', template: FIELD, args: { fill: '#ff0000' } };
      await call(url, 'POST', '/api/user/zoe/session', session, owner);
      await expect.poll(() => colourAt(tab, 20, 15), SOON).toBe('#ff0000');
      expect([await attribute(tab, 'state'), await box()]).toEqual(['live', '40x20']);
      await call(url, 'DELETE', '/api/user/zoe/session/field', undefined, owner);
      await expect.poll(() => colourAt(tab, 20, 15), SOON).toBe('#0000ff');
    },
    120_000,
  );

  test.skipIf(!available)(
    'shows a private session by its view link, nothing of it once that is revoked, and changes over when its src does',
    async () => {
      const app = await appForTest();
      const token = (await bearer(app.url, 'zoe')).authorization.replace('Bearer ', '');
      const input = `{ name: "field", template: ${JSON.stringify(FIELD)}, args: {fill: "#ff0000"}, visibility: PRIVATE }`;
      await ask(app, `mutation { createSession(input: ${input}) { id } }`, token);
      const link = await createLink(app, token, 'zoe/field');
      await call(app.url, 'POST', '/api/session', { session_id: 'open', template: FIELD, args: { fill: '#00ff00' } });
      const viewers = async () => {
        const { text } = await call(app.url, 'GET', '/metrics');
        return [...text.matchAll(/^rsvg_viewers\{transport="(\w+)"\} ([1-9]\d*)$/gm)].map(([, ...found]) => found);
      };
      const tab = await open(
        app.url,
        `<live-svg src="${link.url}" width="20" height="20"><div style="height:20px;background:#ff8000"></div></live-svg>`,
      );
      await expect.poll(() => colourAt(tab, 3, 17), SOON).toBe('#ff0000');
      expect(await viewers()).toEqual([['sse', '1']]);
      await update(app, token, 'zoe/field', 'args: {fill: "#ffff00"}');
      await expect.poll(() => colourAt(tab, 3, 17), SOON).toBe('#ffff00');
      await revoke(app, token, 'zoe/field', link);
      await expect.poll(() => colourAt(tab, 3, 17), SOON).toBe('#ff8000');
      expect(await attribute(tab, 'state')).toBe('gone');
      await tab.evaluate(`document.querySelector('live-svg').setAttribute('src', '${app.url}/session/open'); null`);
      await expect.poll(() => colourAt(tab, 3, 17), SOON).toBe('#00ff00');
      await expect.poll(viewers, SOON).toEqual([['websocket', '1']]);
    },
    120_000,
  );

  test.skipIf(!available)(
    "lets a stranger's picture run nothing, load nothing and style nothing but itself",
    async () => {
      const { url } = await appForTest();
      const hostile = await startHostileServer(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"
        onload="parent.hacked = top.hacked = 1; alert(1)">
        <style>@import url(HOST/import.css); * { fill: #00ff00 } html, body, live-svg { display: none !important }</style>
        <script>parent.hacked = top.hacked = 1; fetch('HOST/fetched')</script>
        <image href="HOST/image.png" width="1" height="1"/>
        <foreignObject width="1" height="1"><body xmlns="http://www.w3.org/1999/xhtml">
          <iframe src="HOST/frame"></iframe><img src="HOST/img" onerror="parent.hacked = 1"/></body></foreignObject>
        <rect width="10" height="10"/></svg>`);
      const tab = await open(
        url,
        `<script>window.hacked = 0</script><live-svg src="${hostile.url}/stream/x" width="40" height="40"></live-svg>
        <p>still here</p>`,
      );
      await expect.poll(() => colourAt(tab, 20, 30), SOON).toBe('#00ff00');
      expect(
        await tab.evaluate(`[hacked, document.querySelector('live-svg').shadowRoot,
          document.querySelector('p').getBoundingClientRect().height > 0, document.title].join()`),
      ).toBe('0,,true,Ours');
      expect(hostile.asked).toEqual([]);
    },
    120_000,
  );

  test.skipIf(!available)(
    'shows what stands inside it, and takes its room, while its server cannot be reached',
    async () => {
      const { url } = await appForTest();
      const nowhere = `http://127.0.0.1:${await freePort()}`;
      const tab = await open(
        url,
        `<live-svg src="${nowhere}/stream/x" width="40" height="40"><div style="width:40px;height:40px;
          background:#ff8000"></div></live-svg>`,
      );
      await expect.poll(() => attribute(tab, 'state'), SOON).toBe('waiting');
      expect(await colourAt(tab, 3, 30)).toBe('#ff8000');
      await tab.evaluate(`document.querySelector('live-svg').setAttribute('fallback', '${BLUE}'); null`);
      await expect.poll(() => colourAt(tab, 3, 30), SOON).toBe('#0000ff');
    },
    120_000,
  );
});
