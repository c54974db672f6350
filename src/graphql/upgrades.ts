import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { WebSocketServer } from 'ws';
import { asRefusal, Refusal } from '../errors.ts';
import { retryHeaders } from '../http/retry-headers.ts';
import { carriesToken, tokenInUrl } from '../http/token-in-url.ts';
import type { Viewers } from '../http/viewers.ts';
import type { Log } from '../log.ts';
import { errorBody } from './present-error.ts';

type Verdict = { readonly status: number; readonly refusal: Refusal } | null;

export interface UpgradeRules {
  readonly path: string;
  readonly originAllowed: (request: IncomingMessage) => boolean;
  readonly viewers: Viewers;
}

function judge(request: IncomingMessage, { path, originAllowed }: Omit<UpgradeRules, 'viewers'>): Verdict {
  const { url = '', headers } = request;
  const refuse = (status: number, code: Refusal['code'], message: string) => ({
    status,
    refusal: new Refusal(code, message),
  });
  if (url.split('?', 1)[0] !== path) return refuse(404, 'NOT_FOUND', `WebSockets are served at ${path} only.`);
  if (carriesToken(url)) return { status: 400, refusal: tokenInUrl() };
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim());
  if (!protocols.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) {
    return refuse(400, 'BAD_USER_INPUT', `The WebSocket subprotocol must be "${GRAPHQL_TRANSPORT_WS_PROTOCOL}".`);
  }
  // A browser sends no preflight before a WebSocket: what CORS forbids must be refused here.
  if (!originAllowed(request)) return refuse(403, 'FORBIDDEN', 'This origin is not allowed.');
  return null;
}

function answer(socket: Duplex, status: number, refusal: Refusal) {
  const body = errorBody(refusal);
  socket.once('finish', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      ...Object.entries(retryHeaders(refusal)).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

const UPGRADE_HEADERS = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * A server may ignore an upgrade that it does not offer (RFC 9110, section 7.8). Node can only hand over the socket, so
 * the request is given back to it without the wish. Java's own client wishes for h2c with its first request.
 */
function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!UPGRADE_HEADERS.has(String(rawHeaders[i]).toLowerCase())) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  // Its handshake is behind it, if it had one.
  server.emit('encrypted' in socket ? 'secureConnection' : 'connection', socket);
}

/**
 * Hands WebSocket upgrades of the one path to `sockets` and refuses all others, for node leaves a socket that nobody
 * answers open.
 */
export function acceptUpgrades(server: Server, sockets: WebSocketServer, rules: UpgradeRules, log: Log): void {
  const onError = (error: Error) => log.debug({ error: String(error) }, 'upgrading socket failed');
  server.on('upgrade', (request, socket, head) => {
    // Node attaches none; until ws takes over, a reset here would end the process.
    socket.on('error', onError);
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return ignoreUpgrade(server, request, socket, head);
    const verdict = judge(request, rules);
    if (verdict !== null) return answer(socket, verdict.status, verdict.refusal);
    try {
      socket.once('close', rules.viewers.enter('websocket'));
    } catch (error) {
      return answer(socket, 503, asRefusal(error, log));
    }
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
}
