import type { SessionId } from '../sessions/session-id.ts';
import type { Visitor } from './admission.ts';
import type { Viewer } from './channel.ts';
import { type Frame, frameEtag } from './frame.ts';
import type { Frames } from './frames.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The frames of a session at the reader's own pace: the current one, then each newer one. Latest wins: of what comes
 * while the reader is busy only the newest is held. Done when the session or the process ends.
 *
 * @param after etag of a frame that the reader has; it is left out
 * @param visitor who looks
 * @returns an iterator that watches until `return` is called or it is done; null: no such session
 */
export async function iterateFrames(
  frames: Frames,
  id: SessionId,
  after: string | null,
  visitor?: Visitor,
): Promise<AsyncIterableIterator<Frame, undefined> | null> {
  const waiting: ((result: IteratorResult<Frame, undefined>) => void)[] = [];
  let pending: Frame | null = null;
  let ended = false;
  const { traffic } = frames;

  function end() {
    ended = true;
    for (const resolve of waiting.splice(0)) resolve(DONE);
  }

  const viewer: Viewer = {
    frame(frame) {
      if (frameEtag(frame) === after) return;
      const resolve = waiting.shift();
      if (resolve === undefined) {
        if (pending !== null) traffic.skipped += 1;
        pending = frame;
        return;
      }
      traffic.delivered += 1;
      resolve({ done: false, value: frame });
    },
    end,
  };
  const unwatch = await frames.watch(id, viewer, visitor);
  if (unwatch === null) return null;

  const iterator: AsyncIterableIterator<Frame, undefined> = {
    async next() {
      if (pending !== null) {
        const frame = pending;
        pending = null;
        traffic.delivered += 1;
        return { done: false, value: frame };
      }
      if (ended) return DONE;
      return new Promise((resolve) => waiting.push(resolve));
    },

    // A generator would first wait for the `next` under way, which on a silent session never comes.
    async return() {
      unwatch();
      pending = null;
      end();
      return DONE;
    },

    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
