import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';

/** What programs ask for: never answered with a page. */
const PROGRAMS = /^\/(?:api|auth|stream|sse|snapshot|graphql|\.well-known)(?:\/|\?|$)/;

/** What a person sees at an address that leads nowhere. */
export interface UnknownPage {
  readonly markup: (request: FastifyRequest) => string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a person asks, at an address of pages. */
export function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !PROGRAMS.test(url) && (headers.accept ?? '').includes('text/html');
}

export function sendUnknownPage(request: FastifyRequest, reply: FastifyReply, { markup, headers }: UnknownPage) {
  return reply.code(404).headers(headers).type('text/html; charset=utf-8').send(markup(request));
}

/** @param page null: everybody is answered as programs are */
export function answerUnknownPaths(fastify: FastifyInstance, page: UnknownPage | null): void {
  fastify.setNotFoundHandler((request, reply) => {
    if (page !== null && wantsPage(request)) return sendUnknownPage(request, reply, page);
    throw new Refusal('NOT_FOUND', 'There is nothing at this path.');
  });
}
