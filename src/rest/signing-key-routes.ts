import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { LoadSigningKey } from '../auth/signing-key.ts';
import type { Operation } from '../http/operation.ts';

const text = z.string();
const publicKey = z.object({
  ...{ kty: z.literal('RSA'), n: text, e: text, alg: z.literal('RS256'), use: z.literal('sig'), kid: text },
});

const showKeys: Operation = {
  tag: 'Sign-in',
  summary: 'The public keys that verify our tokens',
  answers: { 200: { description: 'A JSON Web Key Set (RFC 7517).', body: z.object({ keys: z.array(publicKey) }) } },
  refusals: [503],
};

/** Verifiers may keep the keys this long. */
const MAX_AGE_SECONDS = 300;

export function signingKeyRoutes(loadSigningKey: LoadSigningKey): FastifyPluginAsync {
  return async (fastify) => {
    for (const path of ['/.well-known/jwks.json', '/api/auth/jwks']) {
      fastify.get(path, { config: { operation: showKeys } }, async (_request, reply) => {
        const { publicJwk } = await loadSigningKey();
        reply.header('cache-control', `public, max-age=${MAX_AGE_SECONDS}`);
        return { keys: [publicJwk] };
      });
    }
  };
}
