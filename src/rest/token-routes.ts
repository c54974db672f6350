import type { IncomingMessage } from 'node:http';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Client } from '../auth/caller.ts';
import type { SignedIn, SignIns } from '../auth/sign-ins.ts';
import type { Operation } from '../http/operation.ts';
import { refusalWithStatus } from '../http/refusal-with-status.ts';

const tokenBody = z.object({
  user_id: z
    .string()
    .optional()
    .meta({ description: 'With `password`; or else `api_key`.', examples: ['alice'] }),
  password: z
    .string()
    .optional()
    .meta({ format: 'password', examples: ['correct horse'] }),
  ttl_seconds: z.int().min(60).max(86_400).default(3600).meta({ description: 'Of a token for a password.' }),
  api_key: z.string().optional().meta({ format: 'password', description: 'Instead of user id and password.' }),
});
type TokenBody = z.infer<typeof tokenBody>;

const tokenAnswer = z.object({
  token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'Seconds.' }),
  user_id: z.string(),
  role: z.enum(['user', 'admin']),
});

const issueToken: Operation = {
  tag: 'Sign-in',
  summary: 'Get a token for a password or an API key. A free user id is claimed by its first sign-in',
  answers: { 200: { description: 'A token for `Authorization: Bearer`.', body: tokenAnswer } },
  refusals: [401, 503],
};

export interface TokenRoutesDeps {
  readonly signIns: SignIns;
  readonly clientOf: (request: IncomingMessage) => Client;
}

function encode({ token, expiresInSeconds, userId, role }: SignedIn): z.infer<typeof tokenAnswer> {
  return { token, token_type: 'Bearer', expires_in: expiresInSeconds, user_id: userId, role };
}

/** What must be there beside the types: the fields of one of the two ways in. */
function refuseMissing({ user_id, password, api_key }: TokenBody): void {
  if (api_key !== undefined) return;
  const missing = Object.entries({ user_id, password }).find(([, value]) => value === undefined);
  if (missing !== undefined) throw refusalWithStatus(`"${missing[0]}" is missing; or send an "api_key".`, 422);
}

/** `/auth/token` is the address of a token service that knew API keys alone: there a request without one is 400. */
function refuseMissingKey({ user_id, api_key }: TokenBody): void {
  const missing = api_key === undefined ? user_id === undefined : api_key === '';
  if (missing) throw refusalWithStatus('"api_key" is missing or empty; or send "user_id" and "password".', 400);
}

/** The token routes of the 2025 API: an access token alone, for a password or an API key. */
export function tokenRoutes({ signIns, clientOf }: TokenRoutesDeps): FastifyPluginAsync {
  return async (fastify) => {
    for (const [path, check] of [
      ['/api/auth/token', refuseMissing],
      ['/auth/token', refuseMissingKey],
    ] as const) {
      fastify.post<{ Body: TokenBody }>(
        path,
        { schema: { body: tokenBody }, config: { operation: issueToken } },
        async (request, reply) => {
          check(request.body);
          refuseMissing(request.body);
          const { user_id = '', password = '', ttl_seconds, api_key } = request.body;
          const client = clientOf(request.raw);
          reply.header('cache-control', 'no-store');
          if (api_key !== undefined) return encode(await signIns.exchange(api_key, client));
          const credentials = { userId: user_id, password, ttlSeconds: ttl_seconds };
          return encode(await signIns.issue(credentials, client, { claims: 'any-password', refresh: false }));
        },
      );
    }
  };
}
