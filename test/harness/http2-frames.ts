import { once } from 'node:events';
import { connect } from 'node:tls';
import { onTestFinished } from 'vitest';

/** Types of frames (RFC 9113, section 6). */
export const FRAME = { headers: 1, reset: 3, settings: 4, ping: 6, continuation: 9 } as const;

/** A frame (RFC 9113, section 4.1) as no sound client would have to send it. */
export function frame(type: number, flags: number, streamId: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
}

/** A connection that has begun HTTP/2 and on which every frame is the test's own. */
export async function openFrames(port: number) {
  const socket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false });
  onTestFinished(() => {
    socket.destroy();
  });
  let closed = false;
  let goOn = () => {};
  const wake = () => goOn();
  socket.on('drain', wake).on('error', () => {});
  socket.once('close', () => {
    closed = true;
    wake();
  });
  await once(socket, 'secureConnect');
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  socket.write(Buffer.concat([preface, frame(FRAME.settings, 0, 0, Buffer.alloc(0))]));
  return {
    socket,
    /** Sends bytes again and again until the server has cut the connection. */
    async flood(bytes: (time: number) => Buffer): Promise<void> {
      for (let time = 0; !closed; time += 1) {
        const full = !socket.write(bytes(time));
        if (full && !closed) {
          await new Promise<void>((resolve) => {
            goOn = resolve;
          });
        }
      }
    },
  };
}
