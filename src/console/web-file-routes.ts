import type { FastifyInstance } from 'fastify';
import type { Asset } from './assets.ts';
import type { WebFile } from './web-files.ts';

const FOR_EVER = {
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
} as const;

function accepts(header: string | string[] | undefined, encoding: string): boolean {
  return String(header ?? '')
    .split(',')
    .some((each) =>
      new RegExp(`^\\s*${encoding}\\s*(?:;\\s*q=(?:1|0\\.\\d*[1-9]\\d*)(?:\\.0*)?\\s*)?$`, 'i').test(each),
    );
}

/** What pages load: scripts, styles and pictures, in the smallest form that the browser takes. */
export function webFileRoutes(fastify: FastifyInstance, assets: readonly Asset[], files: readonly WebFile[]): void {
  for (const { path, type, content } of assets) {
    fastify.get(path, (_request, reply) => reply.headers(FOR_EVER).type(type).send(content));
  }
  for (const { path, type, encodings } of files) {
    fastify.get(path, (request, reply) => {
      const accepted = request.headers['accept-encoding'];
      const [encoding, content] = [...encodings].find(([name]) => name === 'identity' || accepts(accepted, name)) ?? [];
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      return reply
        .headers({ ...FOR_EVER, vary: 'accept-encoding' })
        .type(type)
        .send(content);
    });
  }
}
