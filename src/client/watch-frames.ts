import { RequestError } from './request-error.ts';

/** A rendered picture of a session. */
export interface Frame {
  readonly sessionId: string;
  /** 1 at the session's creation, and one more with each accepted write. */
  readonly version: number;
  /** Opaque; equal where version and session are the same. */
  readonly etag: string;
  readonly svg: string;
  /** RFC 3339. */
  readonly renderedAt: string;
}

export interface FramesOptions {
  /** Opens the subscription; its end is the end of the session, unless `isClosed`. */
  readonly open: () => AsyncIterable<{ readonly frames: Frame }>;
  readonly isClosed: () => boolean;
  readonly id: string;
  readonly signal: AbortSignal | null;
}

const OVER = { done: true, value: undefined } as const;

/** Each frame once, also where a new connection begins with the one that was seen last. */
export function watchFrames({ open, isClosed, id, signal }: FramesOptions): AsyncIterableIterator<Frame> {
  let source: AsyncIterator<{ readonly frames: Frame }> | null = null;
  let seen: string | null = null;
  let over = false;

  const letGo = () => void source?.return?.();

  function finish(): void {
    over = true;
    signal?.removeEventListener('abort', letGo);
  }

  function start() {
    signal?.addEventListener('abort', letGo, { once: true });
    return open()[Symbol.asyncIterator]();
  }

  async function next(): Promise<IteratorResult<Frame>> {
    signal?.throwIfAborted();
    source ??= start();
    for (;;) {
      const { done, value } = await source.next();
      signal?.throwIfAborted();
      if (over || (done && isClosed())) return OVER;
      if (done) throw new RequestError('NOT_FOUND', `The session ${id} is gone: it was deleted or has expired.`);
      if (value.frames.etag === seen) continue;
      seen = value.frames.etag;
      return { done: false, value: value.frames };
    }
  }

  const iterator: AsyncIterableIterator<Frame> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      if (over) return OVER;
      try {
        const result = await next();
        if (result.done) finish();
        return result;
      } catch (error) {
        finish();
        throw error;
      }
    },
    async return() {
      finish();
      letGo();
      return OVER;
    },
  };
  return iterator;
}
