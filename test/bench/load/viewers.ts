import { connect, type Socket } from 'node:net';
import type { Viewing } from '../servers/served.ts';
import { DIGITS, MARK } from './picture.ts';
import { PONG } from './websocket-bytes.ts';

export interface Viewers {
  /** Frames that all of them have had together. */
  readonly frames: number;
  /** Viewers that have had at least one. */
  readonly shown: number;
  /** Viewers that the server has dropped. */
  readonly lost: number;
  /** Viewers whose last frame is older than that of others. */
  readonly behind: number;
  /** Microseconds from update to viewer since the last call, ascending. */
  takeDelays(): number[];
}

const MARK_BYTE = MARK.charCodeAt(0);
const AT_ONCE = 50;
const PONG_EVERY_MS = 5000;
const MAX_DELAYS = 2_000_000;

/** Viewers on bare sockets, which only count marks and read the digits before them: a load may not cost what it measures. */
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
  const sockets: Socket[] = [];
  /** Of each viewer's last frame, when its update was sent. */
  const last: number[] = [];
  let delays: number[] = [];
  let frames = 0;
  let shown = 0;
  let lost = 0;

  function open(session: string): Promise<void> {
    const says = viewing.says.map(({ after, latin1 }) => ({ after, latin1: latin1.replaceAll('{session}', session) }));
    let said = 0;
    let greeting = '';
    const own = last.push(0) - 1;
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
        for (let at = buffer.indexOf(MARK_BYTE); at !== -1 && at < length; at = buffer.indexOf(MARK_BYTE, at + 1)) {
          // The head of a WebSocket frame has the same byte where the length follows in two more.
          if (at > 0 && !isDigit(buffer[at - 1])) continue;
          if (last[own] === 0) shown += 1;
          frames += 1;
          // Where a frame came in two pieces, its number may have been in the first.
          const sent = at >= DIGITS ? digitsBefore(buffer, at) : 1;
          // Not the highest: what another load sent before was told by another clock.
          last[own] = Math.max(1, sent);
          if (at >= DIGITS && delays.length < MAX_DELAYS) delays.push(performance.now() * 1000 - sent);
        }
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
    const batch = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, i) => at + i);
    await Promise.all(batch.map((i) => open(sessions[i % sessions.length] ?? '')));
  }
  setInterval(() => {
    if (viewing.webSocket) for (const socket of sockets) socket.write(PONG);
  }, PONG_EVERY_MS);

  return {
    get frames() {
      return frames;
    },
    get shown() {
      return shown;
    },
    get lost() {
      return lost;
    },
    get behind() {
      const newest = last.reduce((most, each) => Math.max(most, each), 0);
      return last.filter((each) => each < newest).length;
    },
    takeDelays() {
      const taken = delays.sort((a, b) => a - b);
      delays = [];
      return taken;
    },
  };
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

function digitsBefore(buffer: Buffer, end: number): number {
  let value = 0;
  for (let at = end - DIGITS; at < end; at += 1) value = value * 10 + (buffer[at] as number) - 48;
  return value;
}
