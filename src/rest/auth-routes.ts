import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { RestDeps } from './rest-routes.ts';

const tokenBody = z.object({
  user_id: z.string(),
  password: z.string(),
  ttl_seconds: z.int().min(60).max(86_400).default(3600),
});

/** Verifiers may keep the keys this long. */
const JWKS_MAX_AGE_SECONDS = 300;

export function authRoutes({ signIn, loadSigningKey }: RestDeps): FastifyPluginAsync {
  return async (fastify) => {
    for (const path of ['/api/auth/token', '/auth/token']) {
      fastify.post<{ Body: z.infer<typeof tokenBody> }>(
        path,
        { schema: { body: tokenBody } },
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
      fastify.get(path, async (_request, reply) => {
        const { publicJwk } = await loadSigningKey();
        reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`);
        return { keys: [publicJwk] };
      });
    }
  };
}
