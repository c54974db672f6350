import type { FastifyPluginAsync } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import type { SigningKeys } from '../auth/signing-keys.ts';
import type { PublicBase } from '../http/public-base.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { accountRoutes } from './account-routes.ts';
import { publicSessionRoutes } from './public-session-routes.ts';
import { createRefreshCookie } from './refresh-cookie.ts';
import { createRememberedSignIns } from './remembered-sign-ins.ts';
import { signingKeyRoutes } from './signing-key-routes.ts';
import { type TokenRoutesDeps, tokenRoutes } from './token-routes.ts';
import { userSessionRoutes } from './user-session-routes.ts';

export interface RestDeps extends TokenRoutesDeps {
  readonly sessions: Sessions;
  readonly authenticate: Authenticate;
  readonly signingKeys: Pick<SigningKeys, 'published'>;
  readonly publicBase: PublicBase;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, set before the body is read. */
    caller: Caller;
  }
}

/** The REST routes of the 2025 API and of its cousins: decode, call the services, encode. */
export function restRoutes(deps: RestDeps): FastifyPluginAsync {
  return async (fastify) => {
    fastify.decorateRequest('caller');
    await fastify.register(signingKeyRoutes(deps.signingKeys));
    await fastify.register(tokenRoutes(deps));
    const cookie = createRefreshCookie('/api/auth', deps.publicBase);
    const remembered = createRememberedSignIns({ ...deps, cookie });
    await fastify.register(accountRoutes({ ...deps, remembered }), { prefix: '/api/auth' });
    await fastify.register(accountRoutes({ ...deps, remembered: null }), { prefix: '/auth' });
    await fastify.register(async (api) => {
      api.addHook('onRequest', (request, _reply, done) => {
        deps.authenticate(request.headers.authorization, deps.clientOf(request.raw)).then((caller) => {
          request.caller = caller;
          done();
        }, done);
      });
      await api.register(publicSessionRoutes(deps.sessions), { prefix: '/api/session' });
      await api.register(userSessionRoutes(deps.sessions), { prefix: '/api/user/:user' });
    });
  };
}
