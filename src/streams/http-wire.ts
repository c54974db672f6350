import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Wire } from '../frames/wire.ts';
import { plainSocket } from '../http/plain-socket.ts';
import { cutWhenStalled } from '../http/stalled.ts';

const NOTHING = Buffer.alloc(0);

/**
 * The body of an endless answer as a wire. The first write goes through the response, whose turn on a pipelined
 * connection it waits for; all others go past it, straight to what carries the body.
 *
 * @param body the response's socket (a pipelined one has not got it yet), or its stream of HTTP/2
 * @param begin sets the head; called by the first write
 * @param viewerTimeoutMs how long the viewer may take nothing of what waits for it
 */
export function createHttpWire(
  response: ServerResponse,
  body: Duplex,
  begin: () => void,
  viewerTimeoutMs: number,
): Wire {
  const plain = plainSocket(body);
  /** null: it has begun, and the wire keeps nothing of it, for there may be ten thousand. */
  let beginning: { readonly response: ServerResponse; readonly begin: () => void } | null = { response, begin };
  /** The first write was taken. */
  let opened = false;
  let taken: (() => void) | null = null;
  let closing: Buffer | null = null;

  function onTaken(error?: Error | null) {
    // It is closing, which others are told of.
    if (error) return;
    if (!opened) {
      opened = true;
      if (closing !== null) body.end(closing);
    }
    plain?.setTimeout(0);
    const then = taken;
    taken = null;
    then?.();
  }

  return {
    write(bytes) {
      if (beginning !== null) {
        if (body.destroyed) return false;
        beginning.begin();
        cutWhenStalled(beginning.response, viewerTimeoutMs);
        beginning.response.write(bytes, onTaken);
        beginning = null;
        return false;
      }
      if (plain === null) {
        if (!body.destroyed) body.write(bytes, onTaken);
        return false;
      }
      // Without a callback, which would cost a tick of its own for each frame, and without a look at whether it is
      // destroyed: a socket drops what comes then, and its `close` is near.
      plain.write(bytes);
      return plain.writableLength === 0;
    },

    whenTaken(then) {
      taken = then;
      if (plain === null || !opened) return;
      // Only while something waits: a timer would be started again at each write.
      plain.setTimeout(viewerTimeoutMs);
      plain.write(NOTHING, onTaken);
    },

    end(bytes) {
      // FIN or END_STREAM, never a reset: a reset would blank the picture in Chromium.
      if (opened) body.end(bytes);
      else closing = bytes;
    },

    destroy: () => void body.destroy(),
  };
}
