import type { ExecutionResult } from 'graphql';
import type { Frames } from '../frames/frames.ts';
import { frameMessages } from './frame-messages.ts';
import type { Taken } from './handover.ts';
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
 * Stands for the results of a subscription in graphql-ws, which keeps the operation by it: gives none, since they go past
 * it to the socket, and is done when the frames end. They begin with its first `next`.
 */
export type ShareResults = (taken: Taken, connection: Connection, id: string) => AsyncIterableIterator<ExecutionResult>;

export function createShareResults(frames: Frames, sharedOperations: SharedOperations): ShareResults {
  const writer = createFrameWriter();

  return (taken, { socket, request, streams }, id) => {
    // Let go of once the stream has begun: all that the operation's beginning needed is in its reach.
    let beginning: Taken | null = taken;
    let stop: (() => void) | null = null;
    let begun: Promise<IteratorResult<ExecutionResult>> | null = null;
    let end = () => {};

    function release(): boolean {
      const released = beginning !== null;
      beginning?.release();
      beginning = null;
      return released;
    }

    function leave(): void {
      if (stop === null) return;
      stop();
      streams?.delete(stop);
    }

    async function stream({ id: session, visitor, info, after }: Taken, onEnd: () => void): Promise<boolean> {
      try {
        const wire = createWebSocketWire(socket, request.socket, writer, id, onEnd);
        const representation = representationOf(sharedOperations(info), after);
        stop = await frames.stream(session, wire, { representation, ...PACE }, visitor);
        if (stop !== null) streams?.add(stop);
        return stop !== null;
      } finally {
        // Else it was returned meanwhile.
        if (!release()) leave();
      }
    }

    async function begin(): Promise<IteratorResult<ExecutionResult>> {
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      if (beginning !== null && (await stream(beginning, end))) await ended;
      leave();
      return DONE;
    }

    const iterator: AsyncIterableIterator<ExecutionResult> = {
      [Symbol.asyncIterator]: () => iterator,
      next() {
        begun ??= begin();
        return begun;
      },
      async return() {
        release();
        leave();
        end();
        return DONE;
      },
    };
    return iterator;
  };
}
