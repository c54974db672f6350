import { connect, type Socket } from 'node:net';
import type { Viewing } from '../servers/served.ts';
import { createFrameCounter, type FrameCounter } from './frame-counter.ts';
import { PONG } from './websocket-bytes.ts';

export interface Viewers {
  readonly seen: Omit<FrameCounter, 'read'>;
  /** Viewers that the server has dropped. */
  readonly lost: number;
}

const AT_ONCE = 50;
const PONG_EVERY_MS = 5000;

/** Viewers on bare sockets, which only count: a load may not cost what it measures. */
export async function openViewers({
  port,
  viewing,
  count,
  sessions,
}: {
  port: number;
  viewing: Viewing;
  count: number;
  sessions: readonly string[];
}): Promise<Viewers> {
  // One buffer for all: what is in it is looked at before the next socket is read.
  const buffer = Buffer.allocUnsafe(64 * 1024);
  const counter = createFrameCounter(buffer, count);
  const sockets: Socket[] = [];
  let lost = 0;

  function open(viewer: number): Promise<void> {
    const session = sessions[viewer % sessions.length] ?? '';
    const says = viewing.says.map(({ after, latin1 }) => ({ after, latin1: latin1.replaceAll('{session}', session) }));
    let said = 0;
    let greeting = '';
    return new Promise((resolve, reject) => {
      const speak = () => {
        for (let next = says[said]; next !== undefined && greeting.includes(next.after); next = says[said]) {
          said += 1;
          greeting = '';
          socket.write(next.latin1, 'latin1');
        }
        if (said === says.length) resolve();
      };
      const callback = (length: number): boolean => {
        if (said < says.length) {
          greeting += buffer.toString('latin1', 0, length);
          speak();
        }
        counter.read(viewer, length);
        return true;
      };
      const socket = connect({ port, host: '127.0.0.1', onread: { buffer, callback } });
      sockets.push(socket);
      socket.once('connect', speak).once('error', reject);
      socket.once('close', () => {
        lost += 1;
      });
    });
  }

  for (let at = 0; at < count; at += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, i) => open(at + i)));
  }
  setInterval(() => {
    if (viewing.webSocket) for (const socket of sockets) socket.write(PONG);
  }, PONG_EVERY_MS);

  return {
    seen: counter,
    get lost() {
      return lost;
    },
  };
}
