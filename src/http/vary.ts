import type { FastifyReply } from 'fastify';

/** Names one more request header that the answer depends on (RFC 9110, 12.5.5), beside those named before, as by CORS. */
export function addVary(reply: FastifyReply, field: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? field : `${before}, ${field}`);
}
