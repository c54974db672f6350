import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';
import { refusalWithStatus } from './refusal-with-status.ts';

function allow(methods: readonly string[]): string {
  return [...methods, 'OPTIONS'].join(', ');
}

/**
 * Answers `OPTIONS` with the methods of a path (RFC 9110, section 9.3.7). A preflight, which names the method it is
 * about, goes on to CORS.
 */
export function answerOptions(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'OPTIONS') return done();
    const { origin, 'access-control-request-method': wanted } = request.headers;
    if (origin !== undefined && wanted !== undefined) return done();
    const { methods } = fastify.knownRoutes.at(request.url);
    if (methods.length === 0) return done(new Refusal('NOT_FOUND', 'There is nothing at this path.'));
    reply.code(204).header('allow', allow(methods)).send();
  });
}

/** Refuses a method that a path does not have, before the body is read (RFC 9110, section 15.5.6). */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const { methods, refuseMethod } = fastify.knownRoutes.at(request.url);
    if (methods.length === 0) return done();
    reply.header('allow', allow(methods));
    const refusal = refusalWithStatus(`${request.method} is not possible here, only ${allow(methods)}.`, 405);
    if (refuseMethod === null) return done(refusal);
    refuseMethod(reply, refusal);
  });
}
