import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Authenticate } from '../auth/authenticate.ts';
import { signedIn } from '../auth/caller.ts';
import type { SignedIn } from '../auth/sign-ins.ts';
import type { Operation } from '../http/operation.ts';
import type { TokenRoutesDeps } from './token-routes.ts';

const ACCESS_TTL_SECONDS = 900;

const credentials = z.object({
  user_id: z.string().meta({ examples: ['alice'] }),
  password: z.string().meta({ format: 'password', examples: ['correct horse'] }),
});

const refreshBody = z.object({ refresh_token: z.string().meta({ format: 'password' }) });

const logoutBody = z.object({ refresh_token: z.string().optional().meta({ format: 'password' }) });

const tokensAnswer = z.object({
  token: z.string().meta({ description: 'An access token for `Authorization: Bearer`.' }),
  refresh_token: z.string().meta({ description: 'For the next pair, once, within 7 days.' }),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds that the access token lives.' }),
  user_id: z.string(),
});

const tokens = { description: 'Tokens.', body: tokensAnswer } as const;
const tag = 'Sign-in';

const register: Operation = {
  ...{ tag, summary: 'Claim a user id' },
  answers: { 201: tokens },
  refusals: [403, 409, 503],
};
const login: Operation = { ...{ tag, summary: 'Sign in' }, answers: { 200: tokens }, refusals: [401, 503] };
const refresh: Operation = {
  ...{ tag, summary: 'Get the next pair of tokens; the refresh token is used up' },
  answers: { 200: tokens },
  refusals: [401, 503],
};
const logout: Operation = {
  ...{ tag, summary: 'End the sign-in of this refresh token, or of the token of this request', token: 'optional' },
  body: 'optional',
  answers: { 204: { description: 'Ended.' } },
};
const me: Operation = {
  ...{ tag, summary: 'Who the token belongs to', token: 'required' },
  answers: {
    200: { description: 'A user.', body: z.object({ user_id: z.string(), role: z.enum(['user', 'admin']) }) },
  },
};

function encode({ token, refreshToken, expiresInSeconds, userId }: SignedIn): z.infer<typeof tokensAnswer> {
  return {
    ...{ token, refresh_token: refreshToken ?? '', token_type: 'Bearer' },
    ...{ expires_in: expiresInSeconds, user_id: userId },
  };
}

/** Accounts and sign-ins with refresh tokens, under both prefixes of the designs this API descends from. */
export function accountRoutes(deps: TokenRoutesDeps & { readonly authenticate: Authenticate }): FastifyPluginAsync {
  const { signIns, clientOf, authenticate } = deps;
  return async (fastify) => {
    fastify.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    fastify.post<{ Body: z.infer<typeof credentials> }>(
      '/register',
      { schema: { body: credentials }, config: { operation: register } },
      async ({ body, raw }, reply) => {
        const claimed = await signIns.register({ userId: body.user_id, password: body.password }, clientOf(raw));
        return reply.code(201).send(encode(claimed));
      },
    );

    fastify.post<{ Body: z.infer<typeof credentials> }>(
      '/login',
      { schema: { body: credentials }, config: { operation: login } },
      async ({ body, raw }) => {
        const presented = { userId: body.user_id, password: body.password, ttlSeconds: ACCESS_TTL_SECONDS };
        return encode(await signIns.issue(presented, clientOf(raw), { claims: 'never', refresh: true }));
      },
    );

    fastify.post<{ Body: z.infer<typeof refreshBody> }>(
      '/refresh',
      { schema: { body: refreshBody }, config: { operation: refresh } },
      async ({ body, raw }) => encode(await signIns.refresh(body.refresh_token, clientOf(raw))),
    );

    fastify.post<{ Body: z.infer<typeof logoutBody> }>(
      '/logout',
      { schema: { body: logoutBody }, config: { operation: logout } },
      async ({ body, raw, headers }, reply) => {
        const refreshToken = body.refresh_token;
        // With a refresh token an access token that has expired must not keep anybody from signing out.
        const authorization = refreshToken === undefined ? headers.authorization : undefined;
        const caller = await authenticate(authorization, clientOf(raw));
        const what = refreshToken === undefined ? {} : { refreshToken };
        await signIns.signOut(caller, { ...what, everywhere: false });
        return reply.code(204).send();
      },
    );

    fastify.get('/me', { config: { operation: me } }, async ({ raw, headers }) => {
      const { userId, role } = signedIn(await authenticate(headers.authorization, clientOf(raw)));
      return { user_id: userId, role };
    });
  };
}
