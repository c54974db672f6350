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
import { rawRequest, readMultipart } from '../harness/multipart-reader.ts';
import { openRaw } from '../harness/raw-connection.ts';
import { makeSelfSigned, pemFolder } from '../harness/self-signed.ts';
import { AS_AN_IMAGE } from '../harness/stream-body.ts';
import { createLink, createPicture } from '../privacy/private-picture.ts';
import { headersOf } from './stream-headers.ts';

const curl = findProgram(['curl'], process.env);

const TAKES_GZIP = 'Accept-Encoding: br, gzip;q=0.5';
const [AN_IMAGE = ''] = AS_AN_IMAGE;

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

const UNFINISHED = { finishFlush: constants.Z_SYNC_FLUSH };

describe('deltas', () => {
  it('are, to an <img>, the very bytes of the plain stream, with a trailer at the clean end', async () => {
    const session = await create();
    const plain = await readMultipart(app.port, session.stream);
    const raw = await openRaw(app.port, rawRequest(session.stream, AS_AN_IMAGE));
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
    const { 'content-encoding': coding, ...others } = headers;
    expect(coding).toBe('gzip');
    expect(others).toEqual(headersOf(plain.head));
  });

  it.each([
    ['an <img>', '', [AN_IMAGE, TAKES_GZIP], 'gzip'],
    ['an <img> that accepts no gzip', '', [AN_IMAGE], undefined],
    ['an <img> that refuses gzip', '', [AN_IMAGE, 'Accept-Encoding: gzip;q=0, *'], undefined],
    ['an <img> that asks for none', '?delta=false', AS_AN_IMAGE, undefined],
    ['an <img> that asks for them', '?delta=true', AS_AN_IMAGE, 'gzip'],
    ['a library', '', ['Accept: */*', TAKES_GZIP], undefined],
    ['a library that says not even what it accepts', '', [TAKES_GZIP], undefined],
    ['a library that asks for them', '?delta=true', ['Accept: */*', TAKES_GZIP], 'gzip'],
    ['a library that asks for them and accepts no gzip', '?delta=true', ['Accept: */*'], undefined],
  ])('are for those who have use for them: %s', async (_who, query, headers, coding) => {
    const { stream } = await create();
    const watching = await readMultipart(app.port, stream + query, headers);
    expect(await watching.next()).toContain('>1<');
    const { 'content-encoding': answered, vary } = headersOf(watching.head);
    expect([answered, vary]).toEqual([coding, query === '?delta=false' ? undefined : 'Accept, Accept-Encoding']);
    const alone = await openRaw(app.port, rawRequest(stream + query, headers, 'HEAD'));
    await alone.ended;
    expect(headersOf(alone.received().trimEnd())).toEqual(headersOf(watching.head));
  });

  it('are for those only who ask for them where the picture is for one alone: their size tells of what is in it', async () => {
    const [token = ''] = owner.authorization.split(' ').slice(1);
    await createPicture(app, token, 'secret');
    const { token: link } = await createLink(app, token, 'zoe/secret');
    const codingOf = async (query: string, headers: readonly string[] = []) => {
      const watching = await readMultipart(app.port, `/stream/zoe/secret${query}`, [...AS_AN_IMAGE, ...headers]);
      expect(await watching.next()).toContain('>1<');
      return headersOf(watching.head)['content-encoding'];
    };
    const speaking = [`Authorization: ${owner.authorization}`];
    expect([await codingOf(`?view=${link}`), await codingOf('', speaking)]).toEqual([undefined, undefined]);
    expect(await codingOf(`?view=${link}&delta=true`)).toBe('gzip');
  });

  it('are decoded by fetch as they come, and end without an error', async () => {
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

  it.skipIf(curl === null && !inCi(process.env))('are taken by curl --compressed for a whole', async () => {
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

  it('are the same over HTTP/2', async () => {
    const files = pemFolder();
    onTestFinished(files.remove);
    const { cert, key } = makeSelfSigned();
    const secure = await appForTest({ tlsCert: files.write('cert.pem', cert), tlsKey: files.write('key.pem', key) });
    const client = await openHttp2(secure.url);
    const session = await create(secure.url, await bearer(secure.url, 'zoe'));
    const exchange = client.ask(`${session.stream}?fps=120`, { accept: 'image/*', 'accept-encoding': 'gzip' });
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
