import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Authenticate } from '../auth/authenticate.ts';
import { signedIn } from '../auth/caller.ts';
import type { Credentials, SignedIn } from '../auth/sign-ins.ts';
import type { Operation } from '../http/operation.ts';
import { refusalWithStatus } from '../http/refusal-with-status.ts';
import type { RememberedSignIns } from './remembered-sign-ins.ts';
import type { TokenRoutesDeps } from './token-routes.ts';

const ACCESS_TTL_SECONDS = 900;

const credentials = z.object({
  user_id: z.string().meta({ examples: ['alice'] }),
  password: z.string().meta({ format: 'password', examples: ['correct horse'] }),
  remember: z.literal('cookie').optional().meta({
    description: 'Keep the refresh token in an HttpOnly cookie. Under `/api/auth`, for pages of this server.',
  }),
});
type Sending = FastifyRequest<{ Body: z.infer<typeof credentials> }>;

const refreshBody = z.object({
  refresh_token: z.string().optional().meta({ format: 'password', description: 'Absent: that of the cookie.' }),
});

const logoutBody = z.object({ refresh_token: z.string().optional().meta({ format: 'password' }) });

const tokensAnswer = z.object({
  token: z.string().meta({ description: 'An access token for `Authorization: Bearer`.' }),
  refresh_token: z
    .string()
    .optional()
    .meta({ description: 'For the next pair, once, within 7 days. Absent: it stands in the cookie.' }),
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
const login: Operation = { ...{ tag, summary: 'Sign in' }, answers: { 200: tokens }, refusals: [401, 403, 503] };
const refresh: Operation = {
  ...{ tag, summary: 'Get the next pair of tokens; the refresh token is used up' },
  body: 'optional',
  answers: { 200: tokens },
  refusals: [401, 403, 503],
};
const logout: Operation = {
  ...{ tag, summary: 'End the sign-in of this refresh token, of the token of this request, or of the cookie' },
  ...{ token: 'optional', body: 'optional' },
  answers: { 204: { description: 'Ended.' } },
  refusals: [403],
};
const me: Operation = {
  ...{ tag, summary: 'Who the token belongs to', token: 'required' },
  answers: {
    200: { description: 'A user.', body: z.object({ user_id: z.string(), role: z.enum(['user', 'admin']) }) },
  },
};

function encode(signedIn: SignedIn, refreshToken: string | null): z.infer<typeof tokensAnswer> {
  const { token, expiresInSeconds, userId } = signedIn;
  return {
    ...{ token, ...(refreshToken === null ? {} : { refresh_token: refreshToken }), token_type: 'Bearer' },
    ...{ expires_in: expiresInSeconds, user_id: userId },
  };
}

export interface AccountRoutesDeps extends TokenRoutesDeps {
  readonly authenticate: Authenticate;
  /** null: under this prefix no cookie is read or written. */
  readonly remembered: RememberedSignIns | null;
}

/** Accounts and sign-ins with refresh tokens, under both prefixes of the designs this API descends from. */
export function accountRoutes({ signIns, clientOf, authenticate, remembered }: AccountRoutesDeps): FastifyPluginAsync {
  /** Signs in, and hands over the refresh token as the request wants it. */
  async function enter(
    { body, raw }: Sending,
    reply: FastifyReply,
    signIn: (presented: Credentials) => Promise<SignedIn>,
  ) {
    const enterWith = () => signIn({ userId: body.user_id, password: body.password });
    if (body.remember === undefined) {
      const signedIn = await enterWith();
      return encode(signedIn, signedIn.refreshToken);
    }
    if (remembered === null)
      throw refusalWithStatus('There is no cookie under /auth; use the same route of /api/auth.', 400);
    return encode(await remembered.begin(raw, reply, enterWith), null);
  }

  return async (fastify) => {
    fastify.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });

    fastify.post<{ Body: z.infer<typeof credentials> }>(
      '/register',
      { schema: { body: credentials }, config: { operation: register } },
      async (request, reply) => {
        const claimed = await enter(request, reply, (presented) => signIns.register(presented, clientOf(request.raw)));
        return reply.code(201).send(claimed);
      },
    );

    fastify.post<{ Body: z.infer<typeof credentials> }>(
      '/login',
      { schema: { body: credentials }, config: { operation: login } },
      (request, reply) =>
        enter(request, reply, (presented) => {
          const issue = { ...presented, ttlSeconds: ACCESS_TTL_SECONDS };
          return signIns.issue(issue, clientOf(request.raw), { claims: 'never', refresh: true });
        }),
    );

    fastify.post<{ Body: z.infer<typeof refreshBody> }>(
      '/refresh',
      { schema: { body: refreshBody }, config: { operation: refresh } },
      async ({ body, raw }, reply) => {
        if (body.refresh_token !== undefined) {
          const signedIn = await signIns.refresh(body.refresh_token, clientOf(raw));
          return encode(signedIn, signedIn.refreshToken);
        }
        const signedIn = (await remembered?.refresh(raw, reply)) ?? null;
        if (signedIn === null) throw refusalWithStatus('"refresh_token" is missing', 422);
        return encode(signedIn, null);
      },
    );

    fastify.post<{ Body: z.infer<typeof logoutBody> }>(
      '/logout',
      { schema: { body: logoutBody }, config: { operation: logout } },
      async ({ body, raw, headers }, reply) => {
        const refreshToken = body.refresh_token;
        // With a refresh token an access token that has expired must not keep anybody from signing out.
        const authorization = refreshToken === undefined ? headers.authorization : undefined;
        // What the client says goes before what its browser adds.
        const ambient = refreshToken === undefined && authorization === undefined;
        if (ambient && (await remembered?.signOut(raw, reply))) return reply.code(204).send();
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
