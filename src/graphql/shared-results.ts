import type { ExecutionResult } from 'graphql';
import type { Frames } from '../frames/frames.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { frameMessages } from './frame-messages.ts';
import type { Handover } from './handover.ts';
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
export interface SharedResults extends Handover {
  readonly results: AsyncIterableIterator<ExecutionResult>;
}

/** @param id the client's name of the operation */
export type ShareResults = (connection: Connection, id: string) => SharedResults;

export function createShareResults(frames: Frames, sharedOperations: SharedOperations): ShareResults {
  const writer = createFrameWriter();

  return ({ socket, request, streams }, id) => {
    let stop: (() => void) | null = null;
    let ended = false;
    let wake = () => {};

    function end(): void {
      ended = true;
      wake();
    }

    function leave(): void {
      if (stop === null) return;
      stop();
      streams?.delete(stop);
    }

    const results: AsyncIterableIterator<ExecutionResult> = {
      [Symbol.asyncIterator]: () => results,
      next: () =>
        new Promise((resolve) => {
          wake = () => {
            leave();
            resolve(DONE);
          };
          if (ended) wake();
        }),
      async return() {
        leave();
        end();
        return DONE;
      },
    };

    return {
      results,
      async begin({ id: session, visitor, info, after }) {
        const wire = createWebSocketWire(socket, request.socket, writer, id, end);
        const representation = representationOf(sharedOperations(info), after);
        stop = await frames.stream(session, wire, { representation, ...PACE }, visitor);
        if (stop === null) throw noSuchSession(session);
        streams?.add(stop);
      },
      get begun() {
        return stop !== null;
      },
    };
  };
}
