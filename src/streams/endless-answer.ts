import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Takes the answer out of the framework's hands. Over HTTP/1.1 its body is delimited by the end of the connection (RFC
 * 9112, section 6.3): a killed server then leaves the last picture standing, where a chunked body cut short would make
 * Chromium drop it. HTTP/2 has the end of its stream for that and knows no such header.
 */
export function hijack(reply: FastifyReply): ServerResponse {
  if (!isHttp2(reply.raw)) reply.header('connection', 'close');
  reply.hijack();
  const response = reply.raw;
  response.removeHeader('transfer-encoding');
  response.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  return response;
}

function isHttp2(response: object): response is Http2ServerResponse {
  return response instanceof Http2ServerResponse;
}

/** What carries the bytes of the body: HTTP/1.1's socket itself, or one stream among those that share HTTP/2's. */
export function bodyOf(request: FastifyRequest, reply: FastifyReply): Duplex {
  return isHttp2(reply.raw) ? reply.raw.stream : request.raw.socket;
}
