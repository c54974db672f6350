import { expect, it } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest } from '../harness/app.ts';
import { rawRequest, readMultipart } from '../harness/multipart-reader.ts';
import { openRaw } from '../harness/raw-connection.ts';

const query = encodeURIComponent('subscription { frames(sessionId: "s") { version } }');
const UPGRADE = [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-transport-ws'],
];

it('past MAX_VIEWERS a viewer of any transport is 503, until one of the others has left', async () => {
  const app = await appForTest({ maxViewers: 2 });
  await call(app.url, 'POST', '/api/session', { session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } });
  const transports = {
    multipart: rawRequest('/stream/s'),
    sse: rawRequest(`/graphql?query=${query}`, ['Accept: text/event-stream']),
    websocket: rawRequest('/graphql', UPGRADE),
  };
  // Who asks for what is not there is no viewer.
  for (const _ of [1, 2, 3]) expect((await call(app.url, 'GET', '/stream/none')).status).toBe(404);

  const one = await readMultipart(app.port, '/stream/s');
  await one.next();
  const two = await readMultipart(app.port, '/stream/s');
  await two.next();
  for (const request of Object.values(transports)) {
    const refused = await (await openRaw(app.port, request)).until('"UNAVAILABLE"');
    expect(refused).toMatch(/^HTTP\/1\.1 503 .*\r\nretry-after: 10\r\n/is);
  }
  expect((await call(app.url, 'GET', '/snapshot/s')).status).toBe(200);

  one.close();
  const admitted = async (request: string) => (await (await openRaw(app.port, request)).until('\r\n\r\n')).slice(9, 12);
  await expect.poll(() => admitted(transports.websocket)).toBe('101');
  expect(await admitted(transports.sse)).toBe('503');
});
