import type { FastifyInstance, FastifyRequest } from 'fastify';
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

/** The smallest form that the browser takes. @returns the name of its `Content-Encoding`, and its bytes */
export function encodingFor({ headers }: FastifyRequest, encodings: WebFile['encodings']): [string, Buffer] {
  const accepted = headers['accept-encoding'];
  const found = [...encodings].find(([name]) => name === 'identity' || accepts(accepted, name));
  if (found === undefined) throw new Error('A file of the console has no form of its own.');
  return found;
}

/** What pages load: scripts, styles and pictures, in the smallest form that the browser takes. */
export function webFileRoutes(fastify: FastifyInstance, assets: readonly Asset[], files: readonly WebFile[]): void {
  for (const { path, type, content } of assets) {
    fastify.get(path, (_request, reply) => reply.headers(FOR_EVER).type(type).send(content));
  }
  for (const { path, type, encodings } of files) {
    fastify.get(path, (request, reply) => {
      const [encoding, content] = encodingFor(request, encodings);
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      return reply
        .headers({ ...FOR_EVER, vary: 'accept-encoding' })
        .type(type)
        .send(content);
    });
  }
}
