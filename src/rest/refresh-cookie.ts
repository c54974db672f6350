import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { SignedIn } from '../auth/sign-ins.ts';
import { Refusal } from '../errors.ts';
import type { PublicBase } from '../http/public-base.ts';

/** The cookie that holds a browser's refresh token, where no script finds it. */
export interface RefreshCookie {
  /**
   * Only to pages of this server the cookie is given, and only for them it is read. `SameSite=Strict` alone does not
   * tell: all ports of localhost, and all hosts below one domain, are the same site.
   *
   * @throws Refusal FORBIDDEN
   */
  requireOwnPage(request: IncomingMessage): void;
  /** What the request carries under its name, each value once; empty: nothing. */
  tokens(request: IncomingMessage): readonly string[];
  set(request: IncomingMessage, reply: FastifyReply, signedIn: SignedIn): void;
  clear(request: IncomingMessage, reply: FastifyReply): void;
}

const isSecure = ({ protocol }: URL) => protocol === 'https:';

/**
 * Cookies know no ports: without its own in the name, a second server on localhost would overwrite the first one's.
 * `__Host-` would want `Path=/`, and so show the token to every route; `__Secure-` at least keeps plain HTTP from
 * planting one (RFC 6265bis, section 4.1.3).
 */
function nameFor(base: URL): string {
  return `${isSecure(base) ? '__Secure-' : ''}rsvg-refresh${base.port === '' ? '' : `-${base.port}`}`;
}

/** @param path of the routes that read it: `/api/auth` */
export function createRefreshCookie(path: string, publicBase: PublicBase): RefreshCookie {
  const baseOf = (request: IncomingMessage) => new URL(publicBase(request));

  function write(request: IncomingMessage, reply: FastifyReply, value: string, maxAgeSeconds: number): void {
    const base = baseOf(request);
    const secure = isSecure(base) ? '; Secure' : '';
    const attributes = `Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
    reply.header('set-cookie', `${nameFor(base)}=${value}; ${attributes}`);
  }

  return {
    requireOwnPage(request) {
      const { 'sec-fetch-site': site, origin } = request.headers;
      const ours = baseOf(request).origin;
      // Browsers send the one to HTTPS and localhost only, the other with every POST; a page can set neither.
      if (site === undefined ? origin === ours : site === 'same-origin') return;
      throw new Refusal(
        'FORBIDDEN',
        `The cookie of a sign-in is for pages of ${ours} alone; from elsewhere send "refresh_token".`,
      );
    },

    tokens(request) {
      const begin = `${nameFor(baseOf(request))}=`;
      const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
      return [...new Set(pairs.filter((pair) => pair.startsWith(begin)).map((pair) => pair.slice(begin.length)))];
    },

    set: (request, reply, { refreshToken, refreshExpiresInSeconds }) =>
      write(request, reply, refreshToken ?? '', refreshExpiresInSeconds ?? 0),

    clear: (request, reply) => write(request, reply, '', 0),
  };
}
