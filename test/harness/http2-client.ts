import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { onTestFinished } from 'vitest';

/** One request over HTTP/2 and what comes back for it. */
export interface Http2Exchange {
  readonly stream: ClientHttp2Stream;
  /** Resolves when the head of the answer has come. */
  readonly status: Promise<number>;
  /** All of the body so far, one character per byte. */
  received(): string;
  /** Waits until the body contains this. Rejects when the stream ends before. */
  until(text: string): Promise<string>;
  /** How the server ended the stream: END_STREAM, or a reset (its code by name), which is also told of a dead session. */
  readonly ended: Promise<string>;
}

export interface Http2Client {
  readonly session: ClientHttp2Session;
  ask(path: string, headers?: OutgoingHttpHeaders, body?: string): Http2Exchange;
}

const CODES = new Map(
  Object.entries(constants)
    .filter(([name]) => name.startsWith('NGHTTP2_') && /NO_ERROR|REFUSED|CANCEL|CALM|INTERNAL|PROTOCOL/.test(name))
    .map(([name, code]) => [code, name.replace('NGHTTP2_', '')]),
);

/** A connection of its own, closed when the current test ends. */
export async function openHttp2(url: string, settings: object = {}): Promise<Http2Client> {
  const session = connect(url, { rejectUnauthorized: false, settings });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  // Only then are the server's limits in force.
  await once(session, 'remoteSettings');
  return { session, ask: (path, headers = {}, body) => exchange(session, path, headers, body) };
}

function exchange(session: ClientHttp2Session, path: string, headers: OutgoingHttpHeaders, body?: string) {
  const stream = session.request({ ':path': path, ...headers }, { endStream: body === undefined });
  let received = '';
  stream.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
  });
  stream.on('error', () => {});
  if (body !== undefined) stream.end(body);
  let whole = false;
  stream.once('end', () => {
    whole = true;
  });
  const ended = new Promise<string>((resolve) => {
    stream.once('close', () => {
      const { rstCode = 0 } = stream;
      resolve(rstCode === 0 && whole && !session.destroyed ? 'END_STREAM' : (CODES.get(rstCode) ?? String(rstCode)));
    });
  });
  const status = once(stream, 'response').then(([head]) => Number(head[':status']));
  // Who does not ask for the status does not care that none came.
  status.catch(() => {});
  return {
    stream,
    status,
    received: () => received,
    async until(text: string) {
      while (!received.includes(text)) {
        const over = await Promise.race([ended, once(stream, 'data').then(() => null)]);
        if (over !== null && !received.includes(text)) throw new Error(`${over} before ${text}: ${received}`);
      }
      return received;
    },
    ended,
  };
}
