import type { IncomingMessage } from 'node:http';
import { type SessionId, sessionPath } from '../sessions/session-id.ts';
import { forwarded, type TrustsProxy } from './trusted-proxies.ts';

/** How links in answers begin, without a slash at the end: `https://pictures.example`. */
export type PublicBase = (request: IncomingMessage) => string;

/** A host name, IPv4 or bracketed IPv6 address, and perhaps a port (RFC 3986, section 3.2.2, without the exotic). */
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/**
 * @param publicUrl as configured; null: what a trusted proxy forwarded, else what the client wrote as Host, if that is
 * one, else the address it reached
 */
export function createPublicBase(publicUrl: string | null, trusts: TrustsProxy): PublicBase {
  return (request) => {
    if (publicUrl !== null) return publicUrl;
    const reached = 'encrypted' in request.socket ? 'https' : 'http';
    const protocol = (forwarded(request, trusts, 'proto') ?? reached) === 'https' ? 'https' : 'http';
    const host = [forwarded(request, trusts, 'host'), request.headers.host].find((name) => name && HOST.test(name));
    if (host !== undefined) return `${protocol}://${host}`;
    const { localAddress = '127.0.0.1', localPort = 80 } = request.socket;
    return `${protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
  };
}

/** Whether CORS lets the page that sent this request read answers: no page at all, one of ours, or a configured origin. */
export function originAllowed(request: IncomingMessage, base: string, corsOrigins: '*' | readonly string[]): boolean {
  const { origin } = request.headers;
  return origin === undefined || corsOrigins === '*' || corsOrigins.includes(origin) || origin === new URL(base).origin;
}

/** By which route a picture is shown. */
export type PictureRoute = 'stream' | 'snapshot' | 'live';

/** The absolute address of a session's picture. */
export function pictureUrl(base: string, route: PictureRoute, id: SessionId): string {
  return `${base}/${route}/${sessionPath(id)}`;
}
