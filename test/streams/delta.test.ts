import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { constants, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findProgram, inCi } from '../../scripts/test-needs.mjs';
import { bearer, call, TEXT_TEMPLATE } from '../harness/api.ts';
import { appForTest, type RunningApp, runApp } from '../harness/app.ts';
import { openHttp2 } from '../harness/http2-client.ts';
import { createMultipartParser } from '../harness/multipart-parser.ts';
import { readMultipart } from '../harness/multipart-reader.ts';
import { openRaw } from '../harness/raw-connection.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';

const curl = findProgram(['curl'], process.env);

const TAKES_GZIP = 'Accept-Encoding: br, gzip;q=0.5';

let app: RunningApp;
let owner: { authorization: string };
beforeAll(async () => {
  app = await runApp();
  owner = await bearer(app.url, 'zoe');
});
afterAll(() => app.close());

let made = 0;
async function create(of = app.url, by = owner) {
  const name = `delta-${++made}`;
  const body = { session_id: name, template: TEXT_TEMPLATE, args: { n: 1 } };
  expect((await call(of, 'POST', '/api/user/zoe/session', body, by)).status).toBe(201);
  const path = `/api/user/zoe/session/${name}`;
  return {
    stream: `/stream/zoe/${name}`,
    push: (n: number) => call(of, 'PUT', path, { args: { n } }, by),
    remove: () => call(of, 'DELETE', path, undefined, by),
  };
}

const headersOf = (head: string) =>
  new Map(head.split('\r\n').map((line) => [line.split(':')[0]?.toLowerCase(), line.slice(line.indexOf(':') + 2)]));

const UNFINISHED = { finishFlush: constants.Z_SYNC_FLUSH };

describe('?delta=true', () => {
  it('sends a client that accepts gzip the very bytes of the plain stream, with a trailer at the clean end', async () => {
    const session = await create();
    const plain = await readMultipart(app.port, session.stream);
    const head = ['GET', `${session.stream}?delta=true`, 'HTTP/1.1\r\nHost: test\r\n'].join(' ');
    const raw = await openRaw(app.port, `${head}${TAKES_GZIP}\r\n\r\n`);
    const body = () => Buffer.from(raw.received().slice(raw.received().indexOf('\r\n\r\n') + 4), 'latin1');
    const decoded = () => gunzipSync(body(), UNFINISHED).toString('latin1');
    await raw.until('\u001f\u008b');
    for (const n of [1, 2, 3, 4]) {
      if (n > 1) await session.push(n);
      await plain.until(`>${n}<`);
      await expect.poll(decoded, { interval: 5 }).toContain(`>${n}<`);
    }
    await session.remove();
    expect([await plain.ended, await raw.ended]).toEqual(['clean', 'fin']);
    // It throws when the trailer is missing or is not that of these bytes.
    const whole = gunzipSync(body());
    expect(whole.toString('latin1')).toBe(plain.raw().slice(plain.head.length + 4));
    expect(body().length).toBeLessThan(whole.length / 4);
    const headers = headersOf(raw.received().split('\r\n\r\n')[0] ?? '');
    expect([headers.get('content-encoding'), headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
    expect([headers.get('connection'), headers.has('transfer-encoding')]).toEqual(['close', false]);
    expect(headers.get('content-type')).toBe('multipart/x-mixed-replace; boundary=frame');
  });

  it.each([
    ['who accepts no gzip', '?delta=true', [], 'Accept-Encoding'],
    ['who refuses gzip', '?delta=true', ['Accept-Encoding: gzip;q=0, *'], 'Accept-Encoding'],
    ['who did not ask', '', [TAKES_GZIP], undefined],
  ])('gives a client %s the plain stream', async (_who, query, headers, vary) => {
    const stream = await readMultipart(app.port, (await create()).stream + query, headers);
    expect(await stream.next()).toContain('>1<');
    const answered = headersOf(stream.head);
    expect([answered.has('content-encoding'), answered.get('vary')]).toEqual([false, vary]);
  });

  it('is decoded by fetch as it comes, and ends without an error', async () => {
    const session = await create();
    const answer = await fetch(`${app.url}${session.stream}?delta=true&fps=120`);
    const frames: string[] = [];
    const parser = createMultipartParser((svg) => frames.push(svg));
    const reader = answer.body?.pipeThrough(new TextDecoderStream('latin1')).getReader();
    for (let n = 1; n <= 6; n += 1) {
      if (n > 1) await session.push(n);
      while (!frames.at(-1)?.includes(`>${n}<`)) parser.push((await reader?.read())?.value ?? '');
    }
    await session.remove();
    for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read())
      parser.push(chunk.value);
    expect(parser.closed).toBe(true);
    expect(frames).toHaveLength(6);
  });

  it.skipIf(curl === null && !inCi(process.env))('is taken by curl --compressed for a whole', async () => {
    const session = await create();
    const url = `${app.url}${session.stream}?delta=true`;
    const watching = promisify(execFile)(curl ?? 'curl', ['-sSN', '--compressed', url]);
    let frames = '';
    watching.child.stdout?.on('data', (chunk) => {
      frames += chunk;
    });
    for (const n of [1, 2, 3]) {
      if (n > 1) await session.push(n);
      while (!frames.includes(`>${n}<`)) await once(watching.child.stdout ?? process, 'data');
    }
    await session.remove();
    // It rejects at another exit code than 0.
    expect((await watching).stdout).toMatch(/--frame--\r\n$/);
  });

  it('says in the head alone what it would send', async () => {
    const { stream } = await create();
    const head = await call(app.url, 'HEAD', `${stream}?delta=true`, undefined, { 'accept-encoding': 'gzip' });
    expect([head.status, head.headers.get('content-encoding'), head.text]).toEqual([200, 'gzip', '']);
  });

  it('is the same over HTTP/2', async () => {
    const files = pemFolder();
    onTestFinished(files.remove);
    const { cert, key } = makeSelfSigned();
    const secure = await appForTest({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
    const client = await openHttp2(secure.url);
    const session = await create(secure.url, await bearer(secure.url, 'zoe'));
    const exchange = client.ask(`${session.stream}?delta=true&fps=120`, { 'accept-encoding': 'gzip' });
    const decoded = () => gunzipSync(Buffer.from(exchange.received(), 'latin1'), UNFINISHED).toString();
    for (let n = 1; n <= 5; n += 1) {
      while (exchange.received() === '' || !decoded().includes(`>${n}<`)) await once(exchange.stream, 'data');
      await session.push(n + 1);
    }
    await session.remove();
    expect(await exchange.ended).toBe('END_STREAM');
    expect(gunzipSync(Buffer.from(exchange.received(), 'latin1')).toString()).toMatch(/--frame--\r\n$/);
  });
});
