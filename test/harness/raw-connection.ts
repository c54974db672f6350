import { once } from 'node:events';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection on which every byte is the test's own. */
export interface RawConnection {
  write(bytes: string | Uint8Array): void;
  /** All that came so far, one character per byte. */
  received(): string;
  /** Waits until what came contains this. Rejects when the connection ends before. */
  until(text: string): Promise<string>;
  /** How the other side ended it; `reset` is what blanks a browser's picture. */
  readonly ended: Promise<'fin' | 'reset'>;
}

export async function openRaw(port: number, firstBytes: string): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  const ended = new Promise<'fin' | 'reset'>((resolve) => {
    socket.once('end', () => resolve('fin'));
    socket.once('error', () => resolve('reset'));
  });
  await once(socket, 'connect');
  socket.write(firstBytes);
  return {
    write: (bytes) => void socket.write(bytes),
    received: () => received,
    async until(text) {
      while (!received.includes(text)) {
        const over = await Promise.race([ended, once(socket, 'data').then(() => null)]);
        if (over !== null && !received.includes(text)) throw new Error(`${over} before ${text}: ${received}`);
      }
      return received;
    },
    ended,
  };
}

/** A text message, or with a code the close frame, as a client sends it (RFC 6455, section 5.2); the mask is zero. */
export function clientFrame(content: string | number): Buffer {
  const payload = typeof content === 'number' ? Buffer.from([content >> 8, content & 255]) : Buffer.from(content);
  if (payload.length > 125) throw new Error('longer than a short frame');
  const opcode = typeof content === 'number' ? 0x88 : 0x81;
  return Buffer.concat([Buffer.from([opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}
