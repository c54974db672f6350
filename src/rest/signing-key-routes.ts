import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { JWKS_MAX_AGE_SECONDS } from '../auth/key-ring.ts';
import type { SigningKeys } from '../auth/signing-keys.ts';
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

export function signingKeyRoutes(signingKeys: Pick<SigningKeys, 'published'>): FastifyPluginAsync {
  return async (fastify) => {
    for (const path of ['/.well-known/jwks.json', '/api/auth/jwks']) {
      fastify.get(path, { config: { operation: showKeys } }, async (_request, reply) => {
        const keys = await signingKeys.published();
        reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`);
        return { keys };
      });
    }
  };
}
