import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, runApp } from '../harness/app.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { FRAME, frame, openFrames } from '../harness/http2-frames.ts';
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

/** `:method: GET`, `:scheme: https`, `:path: /`, `:authority: x` (RFC 7541, section 6). */
const GET = Buffer.from([0x82, 0x87, 0x84, 0x41, 0x01, 0x78]);
/** `:method: POST`, `:path: /api/session`, and that its body will be JSON: the server waits for it. */
const POST = Buffer.concat([
  Buffer.from([0x83, 0x87, 0x41, 0x01, 0x78, 0x04, 12]),
  Buffer.from('/api/session'),
  Buffer.from([0x0f, 0x10, 16]),
  Buffer.from('application/json'),
]);
const END_STREAM_AND_HEADERS = 0x5;
const END_HEADERS = 0x4;
const ACK = 0x1;
const CANCEL = Buffer.from([0, 0, 0, 8]);

function openAndReset(streamId: number): Buffer {
  return Buffer.concat([
    frame(FRAME.headers, END_STREAM_AND_HEADERS, streamId, GET),
    frame(FRAME.reset, 0, streamId, CANCEL),
  ]);
}

const thousand = (one: Buffer) => Buffer.concat(Array.from({ length: 1000 }, () => one));

describe('is disconnected a client that', () => {
  afterEach(async () => {
    // Everybody else is none the worse for it.
    expect(await (await openHttp2(app.url)).ask('/health').status).toBe(200);
  });

  it('opens streams and resets them at once', async () => {
    const client = await openFrames(app.port);
    client.socket.resume();
    await client.flood((time) => openAndReset(2 * time + 1));
  });

  it('opens more streams than it was told that it may', async () => {
    const { remoteSettings } = (await openHttp2(app.url)).session;
    expect(remoteSettings.maxConcurrentStreams).toBe(256);
    const client = await openFrames(app.port);
    // The server's SETTINGS; what follows is under them.
    await once(client.socket, 'data');
    client.socket.resume().write(frame(FRAME.settings, ACK, 0, Buffer.alloc(0)));
    await client.flood((time) => frame(FRAME.headers, END_HEADERS, 2 * time + 1, POST));
  });

  it.each([
    ['PING', frame(FRAME.ping, 0, 0, Buffer.alloc(8))],
    ['SETTINGS', frame(FRAME.settings, 0, 0, Buffer.alloc(0))],
  ])('floods it with %s and reads no answer', async (_what, one) => {
    const client = await openFrames(app.port);
    client.socket.pause();
    const bytes = thousand(one);
    await client.flood(() => bytes);
  });

  it('never ends the headers of a request', async () => {
    const client = await openFrames(app.port);
    client.socket.resume();
    client.socket.write(frame(FRAME.headers, 0, 1, GET));
    const more = frame(FRAME.continuation, 0, 1, Buffer.alloc(0));
    await client.flood(() => more);
  });
});

it('headers of more than 16 KiB end their own stream, and no other', async () => {
  const client = await openHttp2(app.url);
  const { maxHeaderListSize } = client.session.remoteSettings;
  expect(maxHeaderListSize).toBe(16_384);
  const large = client.ask('/health', { 'x-large': 'x'.repeat(17_000) });
  expect(await large.ended).toBe('ENHANCE_YOUR_CALM');
  expect(await client.ask('/health', { 'x-large': 'x'.repeat(15_000) }).status).toBe(200);
});
