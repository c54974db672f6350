import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTlsServer } from '../../src/http/tls-server.ts';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { type RunningApp, runApp } from '../harness/app.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';

const files = pemFolder();
const { cert, key } = makeSelfSigned();
let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
});
afterAll(async () => {
  await app.close();
  files.remove();
});

const POST = { ':method': 'POST', 'content-type': 'application/json' };

it('a stream whose window is shut costs the frame it was being sent, skips the rest, and shows the newest when it opens', async () => {
  const client = await openHttp2(app.url);
  const body = { session_id: 's', template: TEXT_TEMPLATE, args: { n: 'first' } };
  expect(await client.ask('/api/session', POST, JSON.stringify(body)).status).toBe(201);
  const other = client.ask('/stream/s?fps=120');
  await other.until('>first<');
  const stalled = await openHttp2(app.url, { initialWindowSize: 0 });
  const picture = stalled.ask('/stream/s?fps=120');
  expect(await picture.status).toBe(200);
  for (let n = 1; n <= 30; n += 1) {
    const put = client.ask('/api/session/s', { ...POST, ':method': 'PUT' }, JSON.stringify({ args: { n: `n${n}` } }));
    expect(await put.status).toBe(200);
    // Nobody waits for the one that takes nothing.
    await other.until(`>n${n}<`);
  }
  expect(picture.received()).toBe('');
  stalled.session.settings({ initialWindowSize: 65_535 });
  const received = await picture.until('>n30<');
  expect([...received.matchAll(/>(\w+)<\/text>/g)].map(([, n]) => n)).toEqual(['first', 'n30']);
});

it('a request whose body does not come in time is 408, and its connection goes on', async () => {
  const times = { requestTimeoutMs: 50, keepAliveTimeoutMs: 1000 };
  const handler: RequestListener = (request, response) => {
    if (request.url === '/quick') response.end();
  };
  const server = createTlsServer(handler, { cert, key, validFrom: 0, validTo: 0 }, times);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  const client = await openHttp2(`https://127.0.0.1:${port}`);
  const open = client.session.request({ ...POST, ':path': '/slow' });
  open.write('{');
  const [head] = await once(open, 'response');
  expect(head[':status']).toBe(408);
  expect(String((await once(open, 'data'))[0])).toContain('took too long');
  expect(await client.ask('/quick').status).toBe(200);
  server.closeAllConnections();
  server.close();
});
