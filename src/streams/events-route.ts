import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { Frames } from '../frames/frames.ts';
import type { Operation } from '../http/operation.ts';
import type { Viewers } from '../http/viewers.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { bodyOf, hijack } from './endless-answer.ts';
import { EVENTS_TYPE, retryField } from './frame-events.ts';
import { createHttpWire } from './http-wire.ts';
import { setPictureHeaders } from './picture-headers.ts';
import { idOf, type PictureParams } from './picture-path.ts';
import { type EventsQuery, eventsOptions, eventsQuery } from './stream-query.ts';
import { whileOpen } from './while-open.ts';

const watch: Operation = {
  tag: 'Pictures',
  summary: 'Every frame as a server-sent event, for `EventSource`',
  condition: 'Last-Event-ID',
  answers: {
    200: {
      description:
        'Events: `frame` with the SVG as its data, for the current frame and every newer one; `gone` at the end.',
      type: EVENTS_TYPE,
      body: z.string(),
    },
    204: { description: 'The session whose frame `Last-Event-ID` names is gone: do not connect again.' },
  },
  refusals: [404, 503],
};

/** Between these an `EventSource` waits, each for a time of its own: all of them lose a server at once. */
const RETRY_MS = { least: 500, most: 2500 };

type EventsRequest = FastifyRequest<{ Params: PictureParams; Querystring: EventsQuery }>;

function retryMs(atLeast = 0): number {
  return atLeast + RETRY_MS.least + Math.random() * (RETRY_MS.most - RETRY_MS.least);
}

function lastEventId({ headers }: EventsRequest): string {
  return String(headers['last-event-id'] ?? '');
}

function setEventHeaders(reply: FastifyReply): void {
  setPictureHeaders(reply);
  reply.headers({
    'content-type': EVENTS_TYPE,
    'cache-control': 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  });
}

/**
 * Answers a viewer who has been live and cannot be now. An `EventSource` gives up for good at any other status than 200:
 * rightly when the session is gone, for which 204 is the standard's word, but not where a refusal will pass.
 */
function answerReturning(reply: FastifyReply, { code, details }: Refusal) {
  if (code === 'NOT_FOUND') return reply.code(204).send();
  const { retryAfterSeconds } = details;
  setEventHeaders(reply);
  return reply.send(retryField(retryMs(typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : 0)));
}

/**
 * `GET /sse/…`: every frame of a session as a server-sent event.
 *
 * @param viewerTimeoutMs how long a viewer may take nothing of what waits for it
 */
export function eventsRoute(frames: Frames, viewers: Viewers, viewerTimeoutMs: number): FastifyPluginAsync {
  async function stream(id: SessionId, request: EventsRequest, reply: FastifyReply) {
    const body = bodyOf(request, reply);
    // The answer begins with the first frame: before it 404 can still be said.
    const begin = () => {
      setEventHeaders(reply);
      // The viewer's own, before what all of them share.
      hijack(reply).write(retryField(retryMs()));
    };
    const wire = createHttpWire(reply.raw, body, begin, viewerTimeoutMs);
    await whileOpen(viewers, 'sse', body, async () => {
      const stop = await frames.stream(id, wire, eventsOptions(request.query, lastEventId(request)));
      if (stop === null) throw noSuchSession(id);
      return stop;
    });
    return reply;
  }

  async function head(id: SessionId, reply: FastifyReply) {
    if ((await frames.current(id)) === null) throw noSuchSession(id);
    setEventHeaders(reply);
    hijack(reply).end();
    return reply;
  }

  async function handler(request: EventsRequest, reply: FastifyReply) {
    const id = idOf(request.params);
    try {
      return await (request.method === 'HEAD' ? head(id, reply) : stream(id, request, reply));
    } catch (error) {
      const passes = error instanceof Refusal && ['NOT_FOUND', 'UNAVAILABLE'].includes(error.code);
      if (!passes || lastEventId(request) === '') throw error;
      return answerReturning(reply, error);
    }
  }

  return async (fastify) => {
    for (const url of ['/sse/:name', '/sse/:owner/:name']) {
      fastify.get<{ Params: PictureParams; Querystring: EventsQuery }>(
        url,
        { schema: { querystring: eventsQuery }, config: { operation: watch } },
        handler,
      );
    }
  };
}
