import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Frame, frameEtag } from '../frames/frame.ts';
import type { Frames } from '../frames/frames.ts';
import { etagHeader, namesEtag } from '../http/etag.ts';
import type { Operation } from '../http/operation.ts';
import { noSuchSession } from '../sessions/session-writer.ts';
import { setPictureHeaders } from './picture-headers.ts';
import { idOf, type PictureParams } from './picture-path.ts';

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
export function snapshotRoute(frames: Frames): FastifyPluginAsync {
  /** The exact name first, since a name may end in `.svg`; else the one without that ending, for tools that insist on it. */
  async function find(params: PictureParams): Promise<Frame | null> {
    const exact = await frames.current(idOf(params));
    const [, stem] = /^(.+)\.svg$/i.exec(params.name.trim()) ?? [];
    return exact === null && stem !== undefined ? frames.current(idOf({ ...params, name: stem })) : exact;
  }

  async function handler(request: FastifyRequest<{ Params: PictureParams }>, reply: FastifyReply) {
    const frame = await find(request.params);
    if (frame === null) throw noSuchSession(idOf(request.params));
    const etag = frameEtag(frame);
    setPictureHeaders(reply);
    reply.headers({ etag: etagHeader(etag), 'cache-control': 'no-cache' });
    const known = request.headers['if-none-match'];
    if (known !== undefined && namesEtag(known, etag)) return reply.code(304).send();
    return reply.type('image/svg+xml').send(frame.svg);
  }

  return async (fastify) => {
    for (const url of ['/snapshot/:name', '/snapshot/:owner/:name']) {
      fastify.get<{ Params: PictureParams }>(url, { config: { operation: snapshot } }, handler);
    }
  };
}
