import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from '../frames/admission.ts';
import type { Frames } from '../frames/frames.ts';
import type { Representation } from '../frames/representation.ts';
import type { Wire } from '../frames/wire.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import type { Viewers } from '../http/viewers.ts';
import type { Log } from '../log.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { bodyOf, hijack } from '../streams/endless-answer.ts';
import { createHttpWire } from '../streams/http-wire.ts';
import { whileOpen } from '../streams/while-open.ts';
import { tokenOver, type WhenTokenEnds } from './ends-with-token.ts';
import { frameMessages } from './frame-messages.ts';
import type { Handover, Watching } from './handover.ts';
import type { SharedOperations } from './shared-operations.ts';

/** Proxies commonly give up on a connection that was silent for a minute. */
const HEARTBEAT_MS = 12_000;

const PACE = { fps: Number.POSITIVE_INFINITY, keepAliveMs: HEARTBEAT_MS, delayedStartMs: 0 };

/** How long a viewer may leave the last events untaken. */
const CLOSE_GRACE_MS = 5000;

const COMMENT = Buffer.from(':\n\n');
const COMPLETE = Buffer.from('event: complete\ndata:\n\n');

function nextEvent(result: Buffer): Buffer {
  return Buffer.concat([Buffer.from('event: next\ndata: '), result, Buffer.from('\n\n')]);
}

/** graphql-sse, "distinct connections". It begins with a comment, since some browsers take an answer for begun only with its body. */
const representationOf = frameMessages({
  ...{ opening: COMMENT, next: nextEvent, heartbeat: COMMENT, closing: COMPLETE },
});

export interface EventStreamDeps {
  readonly frames: Frames;
  readonly viewers: Viewers;
  readonly sharedOperations: SharedOperations;
  readonly viewerTimeoutMs: number;
  readonly log: Log;
}

/** A subscription's frames as the answer to one request. */
export interface EventStream extends Handover {
  /** There are too many viewers, or the server is shutting down. null: it could begin, or was not asked to */
  readonly refused: unknown;
}

/** Answers with the frames of a subscription as server-sent events, written past the framework to the socket. */
export function createEventStreams(deps: EventStreamDeps) {
  const { frames, viewers, sharedOperations, viewerTimeoutMs, log } = deps;

  /** In a function of its own: what ends the viewer lives as long as it, and would keep all that is in reach. */
  async function watch(
    id: SessionId,
    visitor: Visitor,
    wire: Wire,
    representation: Representation,
    whenTokenEnds: WhenTokenEnds | null,
  ): Promise<() => void> {
    const stop = await frames.stream(id, wire, { representation, ...PACE }, visitor);
    if (stop === null) throw noSuchSession(id);
    return whenTokenEnds === null ? stop : endingWithToken(wire, stop, whenTokenEnds);
  }

  function endingWithToken(wire: Wire, stop: () => void, whenTokenEnds: WhenTokenEnds): () => void {
    const forget = whenTokenEnds(() => {
      stop();
      wire.end(Buffer.concat([nextEvent(Buffer.from(JSON.stringify(tokenOver(log)))), COMPLETE]));
      setTimeout(wire.destroy, CLOSE_GRACE_MS).unref();
    });
    return () => {
      stop();
      forget();
    };
  }

  return (request: FastifyRequest, reply: FastifyReply, whenTokenEnds: WhenTokenEnds | null): EventStream => {
    const stream = {
      begun: false,
      refused: null as unknown,

      async begin({ id, visitor, info, after }: Watching): Promise<void> {
        const body = bodyOf(request, reply);
        let entered = false;
        const writeHead = () => {
          const cache = request.headers.authorization === undefined ? 'no-cache' : PRIVATE_CACHE;
          reply.headers({ 'content-type': 'text/event-stream', 'cache-control': cache });
          hijack(reply);
        };
        try {
          await whileOpen(viewers, 'sse', body, () => {
            entered = true;
            const wire = createHttpWire(reply.raw, body, writeHead, viewerTimeoutMs);
            return watch(id, visitor, wire, representationOf(sharedOperations(info), after), whenTokenEnds);
          });
          stream.begun = true;
        } catch (error) {
          if (!entered) stream.refused = error;
          throw error;
        }
      },
    };
    return stream;
  };
}
