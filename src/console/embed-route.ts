import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { etagHeader, namesEtag } from '../http/etag.ts';
import { addVary } from '../http/vary.ts';
import { encodingFor } from './web-file-routes.ts';
import type { WebFile } from './web-files.ts';

/** `GET /embed.js`: `<live-svg>`, for pages of every origin. Its address stays, so browsers ask whether it is the newest. */
export function embedRoute(fastify: FastifyInstance, { path, type, encodings }: WebFile): void {
  const etags = new Map(
    [...encodings].map(([name, content]) => [
      name,
      createHash('sha256').update(content).digest('base64url').slice(0, 16),
    ]),
  );
  fastify.get(path, (request, reply) => {
    const [encoding, content] = encodingFor(request, encodings);
    const etag = etags.get(encoding) ?? '';
    addVary(reply, 'Accept-Encoding');
    reply.headers({
      etag: etagHeader(etag),
      'cache-control': 'no-cache',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const known = request.headers['if-none-match'];
    if (known !== undefined && namesEtag(known, etag)) return reply.code(304).send();
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    return reply.type(type).send(content);
  });
}
