import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

const DELIMITER = '--frame\r\nContent-Type: image/svg+xml\r\n\r\n';

/** A viewer on a raw socket that reads the bytes of a stream exactly as the protocol lays them down. */
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
  /** All bytes so far. */
  raw(): string;
  /** How the connection ended: with the closing boundary and FIN, or otherwise. Resolves once it has. */
  readonly ended: Promise<'clean' | 'cut'>;
  close(): void;
}

export function rawRequest(path: string, headers: readonly string[] = [], method = 'GET'): string {
  return [`${method} ${path} HTTP/1.1`, 'Host: test', ...headers, '', ''].join('\r\n');
}

export async function readMultipart(port: number, path: string, headers: readonly string[] = []) {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = '';
  let position = -1;
  let over: 'clean' | 'cut' | null = null;
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
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    received += chunk;
    wake();
  });
  socket.on('end', () => finish(received.endsWith(`${DELIMITER}--frame--\r\n`) ? 'clean' : 'cut'));
  socket.on('error', () => finish('cut'));
  socket.write(rawRequest(path, headers));

  while (!received.includes('\r\n\r\n') && over === null) await changed();
  const head = received.slice(0, received.indexOf('\r\n\r\n'));

  function take(): string | null | undefined {
    if (position === -1) {
      const start = head.length + 4;
      if (received.length < start + DELIMITER.length) return over === null ? undefined : null;
      if (!received.startsWith(DELIMITER, start)) throw new Error(`no opening: ${received.slice(start, start + 80)}`);
      position = start + DELIMITER.length;
    }
    if (received.startsWith('--frame--\r\n', position)) return null;
    const next = received.indexOf(`\r\n${DELIMITER}`, position);
    if (next === -1) return over === null ? undefined : null;
    const frame = Buffer.from(received.slice(position, next), 'latin1').toString();
    if (frame.includes('--frame')) throw new Error(`a part contains the boundary: ${frame}`);
    position = next + 2 + DELIMITER.length;
    return frame;
  }

  async function next() {
    for (;;) {
      const frame = take();
      if (frame !== undefined) return frame;
      await changed();
    }
  }

  const reader: MultipartReader = {
    head,
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
