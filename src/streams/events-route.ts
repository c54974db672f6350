import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { Operation } from '../http/operation.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { endingWithToken } from './ending-with-token.ts';
import { bodyOf, hijack } from './endless-answer.ts';
import { EVENTS_TYPE, frameEvents, retryField } from './frame-events.ts';
import { createHttpWire } from './http-wire.ts';
import { setPictureHeaders } from './picture-headers.ts';
import { idOf, type PictureParams } from './picture-path.ts';
import { type EventsQuery, eventsOptions, eventsQuery } from './stream-query.ts';
import type { StreamRouteDeps } from './stream-route.ts';
import { setPersonalHeaders, type Visit } from './visit.ts';
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

function setEventHeaders(reply: FastifyReply, { isPersonal }: Visit): void {
  setPictureHeaders(reply);
  reply.headers({
    'content-type': EVENTS_TYPE,
    'cache-control': isPersonal ? `${PRIVATE_CACHE}, no-transform` : 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  });
}

/**
 * Answers a viewer who has been live and cannot be now. An `EventSource` gives up for good at any other status than 200:
 * rightly when the session is gone, for which 204 is the standard's word, but not where a refusal will pass.
 */
function answerReturning(reply: FastifyReply, visit: Visit, { code, details }: Refusal) {
  if (code === 'NOT_FOUND') return reply.code(204).send();
  const { retryAfterSeconds } = details;
  setEventHeaders(reply, visit);
  return reply.send(retryField(retryMs(typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : 0)));
}

/** `GET /sse/…`: every frame of a session as a server-sent event. */
export function eventsRoute({ frames, viewers, visitOf, viewerTimeoutMs }: StreamRouteDeps): FastifyPluginAsync {
  async function stream(id: SessionId, visit: Visit, request: EventsRequest, reply: FastifyReply) {
    const body = bodyOf(request, reply);
    // The answer begins with the first frame: before it 404 can still be said.
    const begin = () => {
      setEventHeaders(reply, visit);
      // The viewer's own, before what all of them share.
      hijack(reply).write(retryField(retryMs()));
    };
    const wire = createHttpWire(reply.raw, body, begin, viewerTimeoutMs);
    await whileOpen(viewers, 'sse', body, async () => {
      const options = eventsOptions(request.query, lastEventId(request));
      const stop = await frames.stream(id, wire, options, visit.visitor);
      if (stop === null) throw noSuchSession(id);
      const register = visit.endWithToken();
      return register === null ? stop : endingWithToken(wire, frameEvents('').closing('withdrawn'), stop, register);
    });
    return reply;
  }

  async function head(id: SessionId, visit: Visit, reply: FastifyReply) {
    if ((await frames.current(id, visit.visitor)) === null) throw noSuchSession(id);
    setEventHeaders(reply, visit);
    hijack(reply).end();
    return reply;
  }

  async function handler(request: EventsRequest, reply: FastifyReply) {
    const id = idOf(request.params);
    const visit = visitOf(request);
    setPersonalHeaders(reply, visit);
    try {
      return await (request.method === 'HEAD' ? head(id, visit, reply) : stream(id, visit, request, reply));
    } catch (error) {
      const passes = error instanceof Refusal && ['NOT_FOUND', 'UNAVAILABLE'].includes(error.code);
      if (!passes || lastEventId(request) === '') throw error;
      return answerReturning(reply, visit, error);
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
