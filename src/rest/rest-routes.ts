import type { FastifyPluginAsync } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { LoadSigningKey } from '../auth/signing-key.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { authRoutes } from './auth-routes.ts';
import { publicSessionRoutes } from './public-session-routes.ts';
import { userSessionRoutes } from './user-session-routes.ts';

export interface RestDeps {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly authenticate: Authenticate;
  readonly loadSigningKey: LoadSigningKey;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, set before the body is read. */
    caller: Caller;
  }
}

/** The REST routes of the 2025 API: decode, call the services, encode. */
export function restRoutes(deps: RestDeps): FastifyPluginAsync {
  return async (fastify) => {
    fastify.decorateRequest('caller', null);
    await fastify.register(authRoutes(deps));
    await fastify.register(async (api) => {
      api.addHook('onRequest', async (request) => {
        request.caller = await deps.authenticate(request.headers.authorization);
      });
      await api.register(publicSessionRoutes(deps.sessions), { prefix: '/api/session' });
      await api.register(userSessionRoutes(deps.sessions), { prefix: '/api/user/:user' });
    });
  };
}
