import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createSecureServer, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { KeyPair } from './certificate.ts';
import { closeWhenIdle, limitResets, limitTime } from './http2-limits.ts';
import { answerPlainHttp } from './unreadable-request.ts';

export interface TlsServerTimes {
  /** How long a client may take to send one whole request. */
  readonly requestTimeoutMs: number;
  /** How long a connection may stand between two requests. */
  readonly keepAliveTimeoutMs: number;
}

/** As over HTTP/1.1, where it is node's default: bytes of all headers of a request. */
const MAX_HEADER_BYTES = 16_384;

/** Streams of one connection at a time: so many live pictures fit on a page, further ones wait. */
const MAX_STREAMS_PER_SESSION = 256;

/** How long a client may take for the handshake. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/**
 * HTTPS with HTTP/2 and, for clients that do not offer it, HTTP/1.1 (ALPN, RFC 7301). It goes for a plain `Server`:
 * requests and answers of HTTP/2 come in node's compatible shape.
 *
 * Against other floods than those of `http2-limits.ts` nghttp2 has limits of its own that stand well: 8 CONTINUATION frames, 1000
 * unread answers to PING and SETTINGS; whoever exceeds them is disconnected.
 */
export function createTlsServer(handler: RequestListener, { cert, key }: KeyPair, times: TlsServerTimes): Server {
  const server = createSecureServer({
    cert,
    key,
    allowHTTP1: true,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    settings: { maxConcurrentStreams: MAX_STREAMS_PER_SESSION, maxHeaderListSize: MAX_HEADER_BYTES },
    // Of each thousand node would accept: no sound client sends any.
    maxSessionInvalidFrames: 100,
    // Streams opened past the limit of their number, before the client has heard of it.
    maxSessionRejectedStreams: MAX_STREAMS_PER_SESSION,
  });
  // What `http.Server` has by itself, this one lacks.
  Object.assign(server, {
    requestTimeout: times.requestTimeoutMs,
    keepAliveTimeout: times.keepAliveTimeoutMs,
    requireHostHeader: false,
  });

  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  // Node's own listener hands these to whoever answers unreadable requests, but nobody can be answered before the handshake.
  server.removeAllListeners('tlsClientError');
  server.on('tlsClientError', refuseHandshake);

  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    closeWhenIdle(session, times.keepAliveTimeoutMs);
    limitResets(session);
  });

  const compatible = server as unknown as Server;
  compatible.on('request', (request, response) => {
    if (request.httpVersionMajor === 2) {
      nameHost(request);
      limitTime(request, response as unknown as Http2ServerResponse, times.requestTimeoutMs);
    }
    handler(request, response);
  });

  return Object.assign(compatible, {
    /** Called by the framework when it closes: GOAWAY; what is under way is answered. */
    closeHttp2Sessions() {
      for (const session of sessions) session.close();
    },
    closeAllConnections() {
      for (const socket of sockets) socket.destroy();
    },
  });
}

/** Without a handshake there is nothing to say, except to a client that speaks plain HTTP; its socket only node knows. */
function refuseHandshake(error: NodeJS.ErrnoException, socket: TLSSocket & { readonly _parent?: Socket }): void {
  if (error.code === 'ERR_SSL_HTTP_REQUEST' && socket._parent) answerPlainHttp(socket._parent);
  else socket.destroy();
}

/** What HTTP/2 calls `:authority` is HTTP/1.1's Host, and counts more than it (RFC 9113, section 8.3.1). */
function nameHost({ headers }: IncomingMessage): void {
  const authority = headers[':authority'];
  if (typeof authority === 'string') headers.host = authority;
}
