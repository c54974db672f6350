import type { FastifyReply } from 'fastify';

/**
 * What every picture is served with. Opened as a document it may run nothing and load nothing; embedded it may stand on
 * any page (`same-origin`, a common default, blanks every `<img>` on another site).
 */
const PICTURE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
} as const;

export function setPictureHeaders(reply: FastifyReply): void {
  reply.headers(PICTURE_HEADERS);
}
