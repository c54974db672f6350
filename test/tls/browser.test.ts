import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { appForTest } from '../harness/app.ts';
import { chromiumAvailable } from '../harness/chromium.ts';
import { type Http2Client, openHttp2 } from '../harness/http2-client.ts';
import { seeingChromium } from '../harness/seeing-chromium.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';
import { startServer } from '../harness/server-process.ts';

const files = pemFolder();
afterAll(files.remove);
const { cert, key } = makeSelfSigned();
const tls = { tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) };

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><rect width="30" height="30" fill="{{ fill }}"/></svg>';

const JSON_TYPE = { 'content-type': 'application/json' };

/** The picture follows within milliseconds; a frame shown one late would never come. */
const SOON = { timeout: 10_000, interval: 20 };

async function write(client: Http2Client, method: string, path: string, body: object): Promise<void> {
  const { status } = client.ask(path, { ':method': method, ...JSON_TYPE }, JSON.stringify(body));
  expect(await status).toBeLessThan(300);
}

describe.skipIf(!chromiumAvailable)('in Chromium, over TLS', () => {
  const { browser, colourAt } = seeingChromium();

  async function openPage(): Promise<Page> {
    const page = await browser().newPage({ ignoreHTTPSErrors: true });
    onTestFinished(() => page.close());
    return page;
  }

  it('twenty live pictures stand on one page over HTTP/2, each current after its own update', async () => {
    const app = await appForTest(tls);
    const client = await openHttp2(app.url);
    const names = Array.from({ length: 20 }, (_, at) => `picture-${at}`);
    for (const name of names) {
      await write(client, 'POST', '/api/session', { session_id: name, template: SQUARE, args: { fill: '#ff0000' } });
    }
    const page = await openPage();
    await page.goto(`${app.url}/health`);
    const images = names.map((name) => `<img src="/stream/${name}" width="30" height="30">`);
    await page.setContent(`<body style="margin:0;line-height:0;width:600px">${images.join('')}`);
    const colours = () => Promise.all(names.map((_, at) => colourAt(page, at * 30 + 15, 15)));
    await expect.poll(colours, SOON).toEqual(names.map(() => '#ff0000'));

    const wanted = names.map((_, at) => `#0000${(0x40 + at * 8).toString(16)}`);
    for (const [at, name] of names.entries()) {
      await write(client, 'PUT', `/api/session/${name}`, { args: { fill: wanted[at] } });
    }
    await expect.poll(colours, SOON).toEqual(wanted);
    const protocols = await page.evaluate(
      `performance.getEntriesByType('navigation').map((entry) => entry.nextHopProtocol)`,
    );
    expect(protocols).toEqual(['h2']);
  });

  it('a WebSocket comes over HTTP/1.1 beside the HTTP/2 of the page', async () => {
    const app = await appForTest(tls);
    const page = await openPage();
    await page.goto(`${app.url}/health`);
    const ack = page.evaluate<string>(`new Promise((resolve, reject) => {
      const socket = new WebSocket('${app.url.replace('https', 'wss')}/graphql', 'graphql-transport-ws');
      socket.onopen = () => socket.send('{"type":"connection_init"}');
      socket.onmessage = ({ data }) => resolve(data);
      socket.onerror = () => reject(new Error('the WebSocket failed'));
    })`);
    expect(JSON.parse(await ack)).toEqual({ type: 'connection_ack' });
  });

  it('a picture keeps its last frame when the server ends', async () => {
    const server = await startServer(
      ...['--data-dir', ':memory:', '--demo', 'off', '--tls-cert', tls.tlsCert, '--tls-key', tls.tlsKey],
    );
    const client = await openHttp2(server.url);
    await write(client, 'POST', '/api/session', { session_id: 's', template: SQUARE, args: { fill: '#00ff00' } });
    const page = await openPage();
    await page.goto(`${server.url}/health`);
    await page.setContent(`<body style="margin:0"><img src="/stream/s" width="30" height="30">`);
    const shown = () => colourAt(page, 15, 15);
    await expect.poll(shown, SOON).toBe('#00ff00');

    expect(await server.kill('SIGTERM')).toBe(0);
    // A picture that is dropped vanishes with the connection: two more paints are enough to see it.
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await shown()).toBe('#00ff00');
    await page.waitForTimeout(500);
    expect(await shown()).toBe('#00ff00');
  });
});
