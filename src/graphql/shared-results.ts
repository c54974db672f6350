import type { ExecutionResult } from 'graphql';
import type { Frames } from '../frames/frames.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { frameMessages } from './frame-messages.ts';
import type { Handover, Watching } from './handover.ts';
import type { Connection } from './protocol-socket.ts';
import type { SharedOperations } from './shared-operations.ts';
import { createFrameWriter } from './websocket-frames.ts';
import { createWebSocketWire } from './websocket-wire.ts';

const NOTHING = Buffer.alloc(0);
const END_OF_MESSAGE = Buffer.from('}');
const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** All that is sent. Pings keep the connection, so an operation needs no repeats. */
const PACE = { fps: Number.POSITIVE_INFINITY, keepAliveMs: 0, delayedStartMs: 0 };

/** `next` messages but for their beginning, which is the viewer's own. */
const representationOf = frameMessages({
  next: (result) => Buffer.concat([result, END_OF_MESSAGE]),
  ...{ opening: NOTHING, heartbeat: NOTHING, closing: NOTHING },
});

/**
 * Writes the results of a subscription past graphql-ws to the socket, and stands for them in it, which keeps the
 * operation by them: gives none, and is done when the frames end.
 */
export type SharedResults = Handover & AsyncIterableIterator<ExecutionResult, undefined>;

/** @param id the client's name of the operation */
export type ShareResults = (connection: Connection, id: string) => SharedResults;

export function createShareResults(frames: Frames, sharedOperations: SharedOperations): ShareResults {
  const writer = createFrameWriter();

  return ({ socket, request, streams }, id) => {
    let stop = () => {};
    let ended = false;
    let give: ((result: typeof DONE) => void) | null = null;

    function end(): void {
      ended = true;
      stop();
      streams?.delete(stop);
      give?.(DONE);
    }

    const results = {
      begun: false,

      async begin({ id: session, visitor, info, after }: Watching) {
        const wire = createWebSocketWire(socket, request.socket, writer, id, end);
        const representation = representationOf(sharedOperations(info), after);
        const begun = await frames.stream(session, wire, { representation, ...PACE }, visitor);
        if (begun === null) throw noSuchSession(session);
        stop = begun;
        if (!ended) streams?.add(stop);
        results.begun = true;
      },

      [Symbol.asyncIterator]: () => results,

      next: () =>
        new Promise<typeof DONE>((resolve) => {
          give = resolve;
          if (ended) resolve(DONE);
        }),

      async return() {
        end();
        return DONE;
      },
    };
    return results;
  };
}
