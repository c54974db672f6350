import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Operation } from '../http/operation.ts';
import type { RestDeps } from './rest-routes.ts';

const tokenBody = z.object({
  user_id: z.string().meta({ examples: ['alice'] }),
  password: z.string().meta({ format: 'password', examples: ['correct horse'] }),
  ttl_seconds: z.int().min(60).max(86_400).default(3600),
});

const tokenAnswer = z.object({
  token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
  user_id: z.string(),
});

const issueToken: Operation = {
  tag: 'Sign-in',
  summary: 'Get a token. A free user id is claimed by its first sign-in',
  answers: { 200: { description: 'A token for `Authorization: Bearer`.', body: tokenAnswer } },
  refusals: [401, 503],
};

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
const JWKS_MAX_AGE_SECONDS = 300;

export function authRoutes({ signIn, loadSigningKey }: RestDeps): FastifyPluginAsync {
  return async (fastify) => {
    for (const path of ['/api/auth/token', '/auth/token']) {
      fastify.post<{ Body: z.infer<typeof tokenBody> }>(
        path,
        { schema: { body: tokenBody }, config: { operation: issueToken } },
        async (request, reply) => {
          const { user_id, password, ttl_seconds } = request.body;
          const signedIn = await signIn({ userId: user_id, password, ttlSeconds: ttl_seconds });
          reply.header('cache-control', 'no-store');
          return {
            token: signedIn.token,
            token_type: 'Bearer',
            expires_in: signedIn.expiresInSeconds,
            user_id: signedIn.userId,
          };
        },
      );
    }

    for (const path of ['/.well-known/jwks.json', '/api/auth/jwks']) {
      fastify.get(path, { config: { operation: showKeys } }, async (_request, reply) => {
        const { publicJwk } = await loadSigningKey();
        reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`);
        return { keys: [publicJwk] };
      });
    }
  };
}
