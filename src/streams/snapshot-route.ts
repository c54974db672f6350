import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Visitor } from '../frames/admission.ts';
import { frameEtag } from '../frames/frame.ts';
import type { Frames } from '../frames/frames.ts';
import { etagHeader, namesEtag } from '../http/etag.ts';
import type { Operation } from '../http/operation.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { setPictureHeaders } from './picture-headers.ts';
import { idOf, type PictureParams } from './picture-path.ts';
import { viewQuery } from './stream-query.ts';
import { setPersonalHeaders, type VisitOf } from './visit.ts';

const snapshot: Operation = {
  tag: 'Pictures',
  summary: 'The current frame alone; the name may end in `.svg`',
  condition: 'If-None-Match',
  answers: {
    200: { description: 'The frame.', type: 'image/svg+xml', body: z.string(), etag: true },
    304: { description: 'You have it.', etag: true },
  },
  refusals: [404, 503],
};

/** `GET /snapshot/…`: the current frame alone, for READMEs and proxies that refuse streams. */
export function snapshotRoute(frames: Frames, visitOf: VisitOf): FastifyPluginAsync {
  /** The exact name first, since a name may end in `.svg`; else the one without that ending, for tools that insist on it. */
  async function find(params: PictureParams, visitor: Visitor) {
    const exact = await frames.current(idOf(params), visitor);
    const [, stem] = /^(.+)\.svg$/i.exec(params.name.trim()) ?? [];
    return exact === null && stem !== undefined ? frames.current(idOf({ ...params, name: stem }), visitor) : exact;
  }

  async function handler(request: FastifyRequest<{ Params: PictureParams }>, reply: FastifyReply) {
    const visit = visitOf(request);
    setPersonalHeaders(reply, visit);
    const frame = await find(request.params, visit.visitor);
    if (frame === null) throw noSuchSession(idOf(request.params));
    const etag = frameEtag(frame);
    setPictureHeaders(reply);
    reply.header('etag', etagHeader(etag));
    // An `Authorization` was not looked at where everybody always saw the picture.
    if (visit.visitor.link === null && !(visit.isPersonal && frame.access > 0))
      reply.header('cache-control', 'no-cache');
    const known = request.headers['if-none-match'];
    if (known !== undefined && namesEtag(known, etag)) return reply.code(304).send();
    return reply.type('image/svg+xml').send(frame.svg);
  }

  return async (fastify) => {
    for (const url of ['/snapshot/:name', '/snapshot/:owner/:name']) {
      fastify.get<{ Params: PictureParams }>(
        url,
        { schema: { querystring: viewQuery }, config: { operation: snapshot } },
        handler,
      );
    }
  };
}
