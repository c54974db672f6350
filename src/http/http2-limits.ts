import type { IncomingMessage } from 'node:http';
import { constants, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import { answerTooSlow } from './unreadable-request.ts';

/** Streams that a client may break off: a page that is left takes all of its pictures with it. */
const RESETS_AT_ONCE = 900;
const RESETS_PER_SECOND = 33;

/** As `requestTimeout`, which node has for HTTP/1.1 only. */
export function limitTime(request: IncomingMessage, response: Http2ServerResponse, requestTimeoutMs: number): void {
  const { stream } = response;
  if (stream.endAfterHeaders) return;
  const timer = setTimeout(() => answerTooSlow(response), requestTimeoutMs);
  const stop = () => clearTimeout(timer);
  request.once('end', stop);
  stream.once('close', stop);
}

/** A session that carries nothing is let go; one that carries a stream may be as silent as the stream. */
export function closeWhenIdle(session: ServerHttp2Session, idleMs: number): void {
  let streams = 0;
  session.setTimeout(idleMs);
  session.on('timeout', () => {
    if (streams === 0) session.close();
  });
  session.on('stream', (stream) => {
    streams += 1;
    stream.once('close', () => {
      streams -= 1;
    });
  });
}

/**
 * Rapid reset (CVE-2023-44487): each stream costs an answer that nobody reads. Past a thousand nghttp2 stops listening,
 * but leaves the connection open.
 */
export function limitResets(session: ServerHttp2Session): void {
  let left = RESETS_AT_ONCE;
  let since = performance.now();
  session.on('stream', (stream) => {
    stream.once('close', () => {
      if (stream.rstCode === constants.NGHTTP2_NO_ERROR) return;
      const now = performance.now();
      left = Math.min(RESETS_AT_ONCE, left + ((now - since) / 1000) * RESETS_PER_SECOND) - 1;
      since = now;
      if (left < 0 && !session.destroyed) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    });
  });
}
