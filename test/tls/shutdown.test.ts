import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import WebSocket from 'ws';
import { TEXT_TEMPLATE } from '../harness/api.ts';
import { runApp } from '../harness/app.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';
import { startServer } from '../harness/server-process.ts';

const files = pemFolder();
afterAll(files.remove);
const { cert, key } = makeSelfSigned();
const tls = { tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) };

const POST = { ':method': 'POST', 'content-type': 'application/json' };
const SESSION = JSON.stringify({ session_id: 's', template: TEXT_TEMPLATE, args: { n: 1 } });
const WATCH = JSON.stringify({ query: 'subscription { frames(sessionId: "s") { version } }' });

it('ends the streams of every transport cleanly, takes no new ones, answers what is under way, and exits 0', async () => {
  const server = await startServer(
    ...['--data-dir', ':memory:', '--demo', 'off', '--tls-cert', tls.tlsCert, '--tls-key', tls.tlsKey],
  );
  expect(server.output()).toContain(`Playground   ${server.url}/graphql`);
  const client = await openHttp2(server.url);
  expect(await client.ask('/api/session', POST, SESSION).status).toBe(201);
  const multipart = client.ask('/stream/s');
  const events = client.ask('/graphql', { ...POST, accept: 'text/event-stream' }, WATCH);
  await Promise.all([multipart.until('>1<'), events.until('"version":1')]);
  const over1 = request(`${server.url}/stream/s`, { rejectUnauthorized: false, agent: false }).end();
  const [old] = await once(over1, 'response');
  let oldBody = '';
  old.setEncoding('latin1').on('data', (text: string) => {
    oldBody += text;
  });
  await expect.poll(() => oldBody).toContain('>1<');
  const oldEnded = once(old, 'end');
  const socket = new WebSocket(`${server.url.replace('https', 'wss')}/graphql`, 'graphql-transport-ws', {
    rejectUnauthorized: false,
  });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  const slow = client.session.request({ ...POST, ':path': '/api/session/s', ':method': 'PUT' });
  slow.write('{"args"');
  const idle = await openHttp2(server.url);

  const goneAway = [client, idle].map(({ session }) => once(session, 'goaway'));
  const exit = server.kill('SIGTERM');
  await expect.poll(async () => client.ask('/ready').status).toBe(503);
  expect(await client.ask('/stream/s').status).toBe(503);
  expect(await client.ask('/health').status).toBe(200);
  slow.end(':{"n":2}}');
  expect((await once(slow, 'response'))[0][':status']).toBe(200);
  expect(await Promise.all([multipart.ended, events.ended])).toEqual(['END_STREAM', 'END_STREAM']);
  expect(multipart.received()).toMatch(/--frame--\r\n$/);
  expect(events.received()).toMatch(/event: complete\ndata:? ?\n\n$/);
  expect((await closed)[0]).toBe(1001);
  await oldEnded;
  expect(oldBody).toMatch(/--frame--\r\n$/);
  expect((await Promise.all(goneAway)).map(([code]) => code)).toEqual([0, 0]);
  expect(await exit).toBe(0);
});

it.each([
  ['never speaks', (port: number) => connect(port, '127.0.0.1'), 'connect'],
  [
    'never asks anything over HTTP/1.1',
    (port: number) => connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }),
    'secureConnect',
  ],
])('a connection that %s does not hold up a shutdown', async (_how, open, ready) => {
  const app = await runApp(tls);
  const spare = open(app.port);
  await once(spare, ready);
  // The server has seen it: another one behind it was answered.
  await (await openHttp2(app.url)).ask('/health').ended;
  spare.on('error', () => {}).resume();
  await Promise.all([app.close(), once(spare, 'close')]);
});

it('a viewer that takes nothing does not hold up a shutdown for long', async () => {
  const app = await runApp(tls);
  const client = await openHttp2(app.url);
  await client.ask('/api/session', POST, SESSION).status;
  const stalled = await openHttp2(app.url, { initialWindowSize: 0 });
  const picture = stalled.ask('/stream/s');
  expect(await picture.status).toBe(200);
  await app.close();
  await picture.ended;
});
