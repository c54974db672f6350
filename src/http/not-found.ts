import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';

/** What programs ask for: never answered with a page. */
const PROGRAMS = /^\/(?:api|auth|stream|sse|snapshot|graphql|\.well-known)(?:\/|\?|$)/;

interface Page {
  readonly markup: (request: FastifyRequest) => string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param page what a person sees at an unknown path */
export function answerUnknownPaths(fastify: FastifyInstance, page: Page): void {
  fastify.setNotFoundHandler((request, reply) => {
    const wantsPage = !PROGRAMS.test(request.url) && (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage) throw new Refusal('NOT_FOUND', 'There is nothing at this path.');
    return reply.code(404).headers(page.headers).type('text/html; charset=utf-8').send(page.markup(request));
  });
}
