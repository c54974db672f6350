import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Viewer } from '../frames/channel.ts';
import type { Frame } from '../frames/frame.ts';
import type { Frames } from '../frames/frames.ts';
import { CLOSING, encodeFirstFrame, encodeFrame, OPENING } from './multipart.ts';
import type { Repeats, Sleeper } from './repeats.ts';
import type { StreamOptions } from './stream-query.ts';

/** How long a viewer that reads nothing may keep its wire after the stream has ended. */
const CLOSE_GRACE_MS = 5000;

/**
 * Writes frames straight to the wire, past the response. One frame is in flight and at most one waits, the newest:
 * while the wire is full or the viewer's pace forbids it, a newer frame takes the waiting one's place.
 *
 * @param response its head is set and it will write no body of its own
 * @param wire the response's socket (a pipelined one has not got it yet), or its stream of HTTP/2
 * @param onClose called once, when the wire has closed
 */
export function createMultipartViewer(
  response: ServerResponse,
  wire: Duplex,
  { keepAliveMs, delayedStartMs, doubleFrame, fps }: StreamOptions,
  repeats: Repeats,
  traffic: Frames['traffic'],
  onClose: () => void,
): Viewer {
  const intervalMs = 1000 / fps;
  let shown: Frame | null = null;
  let waiting: Frame | null = null;
  let inFlight = true;
  let ended = false;
  let notBefore = 0;
  let pace: NodeJS.Timeout | null = null;

  const repeat: Sleeper = {
    dueAt: Number.POSITIVE_INFINITY,
    wake() {
      if (shown !== null && waiting === null && !inFlight) write(shown, encodeFrame(shown));
    },
  };
  const stopRepeating = repeats.add(repeat);

  function onFlushed() {
    inFlight = false;
    if (ended) close();
    else show();
  }

  function write(frame: Frame, bytes: Buffer) {
    shown = frame;
    inFlight = true;
    if (keepAliveMs > 0) repeat.dueAt = performance.now() + keepAliveMs;
    if (doubleFrame) {
      wire.cork();
      wire.write(bytes);
      wire.write(bytes, onFlushed);
      wire.uncork();
    } else wire.write(bytes, onFlushed);
  }

  /** Sends the waiting frame now, or leaves it until the wire or the pace allows. */
  function show() {
    if (waiting === null || inFlight || pace !== null || ended) return;
    const now = performance.now();
    if (now < notBefore) {
      pace = setTimeout(() => {
        pace = null;
        show();
      }, notBefore - now);
      return;
    }
    const frame = waiting;
    waiting = null;
    traffic.delivered += 1;
    notBefore = now + (shown === null ? Math.max(intervalMs, delayedStartMs) : intervalMs);
    write(frame, shown === null ? encodeFirstFrame(frame) : encodeFrame(frame));
  }

  function stop() {
    ended = true;
    waiting = null;
    stopRepeating();
    if (pace !== null) clearTimeout(pace);
  }

  function close() {
    // FIN or END_STREAM, never a reset: a reset would blank the picture in Chromium.
    wire.end(CLOSING);
  }

  wire.once('close', () => {
    stop();
    onClose();
  });
  response.write(OPENING, onFlushed);

  return {
    frame(frame) {
      if (ended) return;
      if (waiting !== null) traffic.skipped += 1;
      waiting = frame;
      show();
    },
    end() {
      if (ended) return;
      stop();
      if (!inFlight) close();
      setTimeout(() => wire.destroy(), CLOSE_GRACE_MS).unref();
    },
  };
}
