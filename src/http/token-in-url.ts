import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';

/** Where tokens are read at all. */
const JUDGED = /^\/(?:api|auth|graphql)(?:[/?]|$)/;

const NAMES = ['access_token', 'token', 'api_key', 'authorization', 'refresh_token'];

/** RFC 9700, section 4.3.2: URLs stand in logs, histories and `Referer`. */
export function carriesToken(url: string): boolean {
  const [path = '', query] = url.split('?', 2);
  if (query === undefined || !JUDGED.test(path)) return false;
  return [...new URLSearchParams(query).keys()].some((name) => NAMES.includes(name.toLowerCase()));
}

export function tokenInUrl(): Refusal {
  return new Refusal(
    'BAD_USER_INPUT',
    'A token may not stand in a URL: send it as "Authorization: Bearer <token>", and consider this one as disclosed.',
  );
}

/** Refuses what would work, were the token looked at: a client that learns it late has disclosed it often. */
export function refuseTokensInUrls(server: FastifyInstance): void {
  server.addHook('onRequest', ({ url }, _reply, done) => {
    done(carriesToken(url) ? tokenInUrl() : undefined);
  });
}
