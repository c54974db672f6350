import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Frames } from '../frames/frames.ts';
import type { Operation } from '../http/operation.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import { addVary } from '../http/vary.ts';
import type { Viewers } from '../http/viewers.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { createDeltas } from './deltas.ts';
import { endingWithToken } from './ending-with-token.ts';
import { bodyOf, hijack } from './endless-answer.ts';
import { createGzipWire } from './gzip-wire.ts';
import { createHttpWire } from './http-wire.ts';
import { MULTIPART, MULTIPART_TYPE } from './multipart.ts';
import { pageFor, pageUrl } from './navigation.ts';
import { setPictureHeaders } from './picture-headers.ts';
import { idOf, type PictureParams } from './picture-path.ts';
import { type StreamQuery, streamOptions, streamQuery } from './stream-query.ts';
import { DELTAS_DEPEND_ON, takesDeltas } from './takes-deltas.ts';
import { setPersonalHeaders, type Visit, type VisitOf } from './visit.ts';
import { whileOpen } from './while-open.ts';

const watch: Operation = {
  tag: 'Pictures',
  summary: 'Every frame as one endless image, for `<img src>`',
  answers: {
    200: {
      description:
        'The current frame, then every newer one. `Content-Encoding: gzip` where only what has changed is sent: see `delta`.',
      type: 'multipart/x-mixed-replace',
      body: z.string(),
    },
    307: { description: 'For a browser that navigates or fills a frame: the page of the picture.' },
  },
  refusals: [404, 503],
};

type StreamRequest = FastifyRequest<{ Params: PictureParams; Querystring: StreamQuery }>;

function isCoded({ headers, query }: StreamRequest, { isPersonal }: Visit): boolean {
  return takesDeltas(headers, query.delta ?? null, isPersonal);
}

function setStreamHeaders(request: StreamRequest, reply: FastifyReply, visit: Visit): void {
  setPictureHeaders(reply);
  reply.headers({
    'content-type': MULTIPART_TYPE,
    'cache-control': visit.isPersonal ? `${PRIVATE_CACHE}, no-transform` : 'no-cache, no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  if (request.query.delta !== false) addVary(reply, DELTAS_DEPEND_ON);
  if (isCoded(request, visit)) reply.header('content-encoding', 'gzip');
}

export interface StreamRouteDeps {
  readonly frames: Frames;
  readonly viewers: Viewers;
  readonly visitOf: VisitOf;
  /** How long a viewer may take nothing of what waits for it. */
  readonly viewerTimeoutMs: number;
}

/** `GET /stream/…`: every frame of a session as one endless image. */
export function streamRoute({ frames, viewers, visitOf, viewerTimeoutMs }: StreamRouteDeps): FastifyPluginAsync {
  const deltas = createDeltas();

  return async (fastify) => {
    async function stream(id: SessionId, visit: Visit, request: StreamRequest, reply: FastifyReply) {
      const body = bodyOf(request, reply);
      // The answer begins with the first frame: before it 404 can still be said.
      const begin = () => {
        setStreamHeaders(request, reply, visit);
        hijack(reply);
      };
      const plain = createHttpWire(reply.raw, body, begin, viewerTimeoutMs);
      const wire = isCoded(request, visit) ? createGzipWire(plain, deltas) : plain;
      await whileOpen(viewers, 'multipart', body, async () => {
        const stop = await frames.stream(id, wire, streamOptions(request.query), visit.visitor);
        if (stop === null) throw noSuchSession(id);
        const register = visit.endWithToken();
        return register === null ? stop : endingWithToken(wire, MULTIPART.closing('withdrawn'), stop, register);
      });
      return reply;
    }

    async function head(id: SessionId, visit: Visit, request: StreamRequest, reply: FastifyReply) {
      if ((await frames.current(id, visit.visitor)) === null) throw noSuchSession(id);
      setStreamHeaders(request, reply, visit);
      hijack(reply).end();
      return reply;
    }

    async function handler(request: StreamRequest, reply: FastifyReply) {
      const id = idOf(request.params);
      const visit = visitOf(request);
      setPersonalHeaders(reply, visit);
      const page = request.query.as_bot ? null : pageFor(request.headers);
      if (page !== null) return reply.redirect(pageUrl(page, id, visit), 307);
      if (request.method === 'HEAD') return head(id, visit, request, reply);
      return stream(id, visit, request, reply);
    }

    for (const url of ['/stream/:name', '/stream/:owner/:name']) {
      fastify.get<{ Params: PictureParams; Querystring: StreamQuery }>(
        url,
        { schema: { querystring: streamQuery }, config: { operation: watch } },
        handler,
      );
    }
  };
}
