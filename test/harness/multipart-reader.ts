import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { createMultipartParser } from './multipart-parser.ts';
import { createStreamBody } from './stream-body.ts';

/** A viewer on a raw socket that reads the bytes of a stream, once decoded, exactly as the protocol lays them down. */
export interface MultipartReader {
  /** Status line and headers, as sent. */
  readonly head: string;
  /** The next frame; null: the stream has ended. Rejects when the bytes are none that the protocol allows. */
  next(): Promise<string | null>;
  /** Reads on until a frame contains this. */
  until(text: string): Promise<string>;
  /** Stops reading from the socket: TCP backpressure reaches the server. */
  pause(): void;
  resume(): void;
  /** All bytes so far, those of the body decoded. */
  raw(): string;
  /** How the connection ended: with the closing boundary, gzip's trailer if it is coded, and FIN, or otherwise. Resolves once it has. */
  readonly ended: Promise<'clean' | 'cut'>;
  close(): void;
}

export function rawRequest(path: string, headers: readonly string[] = [], method = 'GET'): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n');
}

/** As `openMultipart`, closed when the current test ends. */
export async function readMultipart(port: number, path: string, headers: readonly string[] = []) {
  const opening = openMultipart(port, path, headers);
  onTestFinished(async () => (await opening).close());
  return opening;
}

/** Resolves when the head has come. The caller closes it. */
export async function openMultipart(port: number, path: string, headers: readonly string[] = []) {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  let head: string | null = null;
  let over: 'clean' | 'cut' | null = null;
  let broken: unknown = null;
  const frames: string[] = [];
  const parser = createMultipartParser((svg) => frames.push(svg));
  let wake = () => {};
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  let tellEnd: (how: 'clean' | 'cut') => void;
  const ended = new Promise<'clean' | 'cut'>((resolve) => {
    tellEnd = resolve;
  });
  function finish(how: 'clean' | 'cut') {
    if (over !== null) return;
    over = how;
    tellEnd(how);
    wake();
  }
  function read(text: string) {
    received += text;
    // Whatever is answered with another status is no stream.
    if (!head?.startsWith('HTTP/1.1 200')) return;
    try {
      parser.push(text);
    } catch (error) {
      broken ??= error;
    }
  }
  const body = createStreamBody({
    onHead(text) {
      head = text;
      received = `${text}\r\n\r\n`;
      wake();
    },
    onText(text) {
      read(text);
      wake();
    },
    onEnd: (whole) => finish(whole && parser.closed && broken === null ? 'clean' : 'cut'),
  });
  socket.on('data', body.push);
  socket.on('end', body.end);
  socket.on('error', () => finish('cut'));
  socket.write(rawRequest(path, headers));

  while (head === null && over === null) await changed();

  async function next() {
    for (;;) {
      const frame = frames.shift();
      if (frame !== undefined) return frame;
      if (broken !== null) throw broken;
      if (over !== null || parser.closed) return null;
      await changed();
    }
  }

  const reader: MultipartReader = {
    head: head ?? '',
    next,
    async until(text) {
      for (;;) {
        const frame = await next();
        if (frame === null) throw new Error(`the stream ended before ${text}`);
        if (frame.includes(text)) return frame;
      }
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    raw: () => received,
    ended,
    close: () => socket.destroy(),
  };
  return reader;
}
