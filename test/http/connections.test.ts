import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, runApp } from '../harness/app.ts';
import { rawRequest } from '../harness/multipart-reader.ts';

/** Sends bytes and reads until the answer contains this. */
async function exchange(port: number, request: string, until: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(request);
  let received = '';
  while (!received.includes(until)) received += (await once(socket, 'data'))[0];
  return received;
}

it('a client that would like to upgrade to h2c is answered over HTTP/1.1, body and all', async () => {
  const app = await appForTest();
  const body = JSON.stringify({ session_id: 'java', template: TEXT_TEMPLATE, args: { n: 'ü' } });
  const headers = [
    ...[
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    ],
    ...['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`],
  ];
  const first = await exchange(app.port, rawRequest('/api/session', headers, 'POST') + body, '"java"');
  expect(first).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  expect((await call(app.url, 'GET', '/api/session/java')).body.args).toEqual({ n: 'ü' });
});

it.each([
  ['a client that is no page', undefined, 101],
  ['our own pages', 'http://test', 101],
  ['a listed origin', 'https://dashboard.example', 101],
  ['any other page', 'https://elsewhere.example', 403],
])('under CORS_ORIGINS a WebSocket of %s is answered %i', async (_who, origin, status) => {
  const app = await appForTest({ corsOrigins: ['https://dashboard.example'] });
  const headers = [
    ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-transport-ws'],
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
  ];
  expect(await exchange(app.port, rawRequest('/graphql', headers), '\r\n\r\n')).toContain(`HTTP/1.1 ${status} `);
});

it('a connection that never asks anything does not hold up a shutdown', async () => {
  const app = await runApp();
  const spare = connect(app.port, '127.0.0.1');
  await once(spare, 'connect');
  await Promise.all([app.close(), once(spare, 'close')]);
});

it('what is asked on an open connection during a shutdown is answered in our words', async () => {
  const app = await runApp();
  const body = JSON.stringify({ session_id: 'late', template: TEXT_TEMPLATE });
  const headers = [
    ...['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, 'Expect: 100-continue'],
  ];
  const socket = connect(app.port, '127.0.0.1').setEncoding('utf8');
  socket.write(rawRequest('/api/session', headers, 'POST'));
  expect(String(await once(socket, 'data'))).toContain('100 Continue');
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  const closed = app.close();
  socket.write(body + rawRequest('/health'));
  await Promise.all([closed, once(socket, 'close')]);
  expect(received).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
  expect(received).toContain('{"status":"ok"}');
});
