import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Wire } from '../frames/wire.ts';
import { plainSocket } from '../http/plain-socket.ts';
import type { FrameWriter } from './websocket-frames.ts';

const NOTHING = Buffer.alloc(0);

/**
 * The results of one operation on a socket that it shares with others, each with one frame under way. They go past ws to
 * the socket beneath: as nothing is compressed, ws too writes its frames at once and whole, so that none, neither ping
 * nor close, comes between the bytes of another.
 *
 * @param socket what the WebSocket runs on
 * @param id the client's name of the operation
 * @param onEnd nothing follows
 */
export function createWebSocketWire(
  webSocket: WebSocket,
  socket: Duplex,
  frames: FrameWriter,
  id: string,
  onEnd: () => void,
): Wire {
  const plain = plainSocket(socket);
  const text = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const beginning = { text, bytes: Buffer.byteLength(text) };
  let taken: (() => void) | null = null;

  const isOpen = () => webSocket.readyState === webSocket.OPEN;

  function onTaken(error?: Error | null) {
    if (error) return;
    const then = taken;
    taken = null;
    then?.();
  }

  return {
    write(rest) {
      if (rest.length === 0) return true;
      if (!isOpen()) return false;
      if (plain !== null) return frames.writePlain(plain, beginning, rest);
      frames.write(socket, beginning, rest, onTaken);
      return false;
    },

    whenTaken(then) {
      // Nothing may be written behind a close frame, and nothing follows it.
      if (!isOpen()) return;
      taken = then;
      plain?.write(NOTHING, onTaken);
    },

    end: onEnd,

    // Others use the connection; whoever takes nothing answers no ping, and is cut.
    destroy() {},
  };
}
