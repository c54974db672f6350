import { expect, it } from 'vitest';
import { call, TEXT_TEMPLATE } from '../harness/api.ts';
import { rawRequest } from '../harness/multipart-reader.ts';
import { clientFrame, openRaw } from '../harness/raw-connection.ts';
import { type ServerProcess, startServer } from '../harness/server-process.ts';

const WATCH = '{"query":"subscription { frames(sessionId: \\"s\\") { version } }"}';
const MULTIPART = rawRequest('/stream/s');
const SSE =
  rawRequest(
    '/graphql',
    ['Accept: text/event-stream', 'Content-Type: application/json', `Content-Length: ${WATCH.length}`],
    'POST',
  ) + WATCH;
const WEBSOCKET = rawRequest('/graphql', [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol: graphql-transport-ws'],
]);
/** The server's close frame with code 1001. */
const GOING_AWAY = '\x03\xe9';

async function serverWithSession(): Promise<ServerProcess> {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off');
  const session = { session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } };
  expect((await call(server.url, 'POST', '/api/session', session)).status).toBe(201);
  return server;
}

async function watchByWebSocket(port: number) {
  const socket = await openRaw(port, WEBSOCKET);
  await socket.until('HTTP/1.1 101 ');
  socket.write(clientFrame('{"type":"connection_init"}'));
  await socket.until('connection_ack');
  socket.write(clientFrame(`{"id":"1","type":"subscribe","payload":${WATCH}}`));
  await socket.until('"version":1');
  return socket;
}

const readiness = async ({ url }: ServerProcess) => (await call(url, 'GET', '/ready')).body;
const shuttingDown = expect.objectContaining({ code: 'UNAVAILABLE', reason: 'shutdown' });

it('says not ready, ends the streams of every transport cleanly, takes no new ones, and exits 0', async () => {
  const server = await serverWithSession();
  const multipart = await openRaw(server.port, MULTIPART);
  const sse = await openRaw(server.port, SSE);
  await Promise.all([multipart.until('>1<'), sse.until('"version":1')]);
  const webSocket = await watchByWebSocket(server.port);

  const exit = server.kill('SIGTERM');
  await expect.poll(() => readiness(server)).toEqual(shuttingDown);
  for (const request of [MULTIPART, SSE, WEBSOCKET]) {
    const refused = await (await openRaw(server.port, request)).until('"UNAVAILABLE"');
    expect(refused).toMatch(/^HTTP\/1\.1 503 /);
  }
  expect((await call(server.url, 'GET', '/health')).status).toBe(200);
  expect((await call(server.url, 'PUT', '/api/session/s', { args: { n: 2 } })).status).toBe(200);

  await webSocket.until(GOING_AWAY);
  webSocket.write(clientFrame(1001));
  expect(await Promise.all([multipart.ended, sse.ended, webSocket.ended])).toEqual(['fin', 'fin', 'fin']);
  expect(multipart.received()).toMatch(/>1<.*\r\n--frame\r\nContent-Type: image\/svg\+xml\r\n\r\n--frame--\r\n$/s);
  expect(sse.received()).toMatch(/event: complete\ndata:? ?\n\n$/);
  expect(webSocket.received()).toContain('{"id":"1","type":"complete"}');
  expect(await exit).toBe(0);
});

it('answers a write whose body was still on its way, then exits 0', async () => {
  const server = await serverWithSession();
  const body = JSON.stringify({ args: { n: 2 } });
  const head = ['Content-Type: application/json', `Content-Length: ${body.length}`];
  const write = await openRaw(server.port, rawRequest('/api/session/s', head, 'PUT') + body.slice(0, 5));
  const exit = server.kill('SIGINT');
  await expect.poll(() => readiness(server)).toEqual(shuttingDown);
  write.write(body.slice(5));
  expect(await write.until('"s"')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await write.ended).toBe('fin');
  expect(await exit).toBe(0);
});

it('sends the answers of mutations that are under way over WebSocket, then closes with 1001', async () => {
  const server = await startServer('--data-dir', ':memory:', '--demo', 'off');
  const socket = await openRaw(server.port, WEBSOCKET);
  await socket.until('HTTP/1.1 101 ');
  socket.write(clientFrame('{"type":"connection_init"}'));
  await socket.until('connection_ack');
  const users = [1, 2, 3, 4, 5, 6];
  for (const n of users) {
    const query = `mutation{issueToken(userId:\\"u${n}\\",password:\\"pass word\\"){created}}`;
    socket.write(clientFrame(`{"id":"${n}","type":"subscribe","payload":{"query":"${query}"}}`));
  }
  // Its answer says that the server has read what came before it; no password is hashed as fast.
  socket.write(clientFrame('{"type":"ping"}'));
  await socket.until('"pong"');
  const exit = server.kill('SIGTERM');
  const received = await socket.until(GOING_AWAY);
  for (const n of users) {
    expect(received).toContain(`{"id":"${n}","type":"next","payload":{"data":{"issueToken":{"created":true}}}}`);
    expect(received).toContain(`{"id":"${n}","type":"complete"}`);
  }
  expect(received.lastIndexOf('"complete"')).toBeLessThan(received.indexOf(GOING_AWAY));
  socket.write(clientFrame(1001));
  expect(await socket.ended).toBe('fin');
  expect(await exit).toBe(0);
});

it('ends at once on a second signal', async () => {
  const server = await serverWithSession();
  // It never answers the close frame: the server would wait for it.
  await watchByWebSocket(server.port);
  const exit = server.kill('SIGTERM');
  await expect.poll(() => readiness(server)).toEqual(shuttingDown);
  await server.kill('SIGTERM');
  expect(await exit).toBe('SIGTERM');
});
