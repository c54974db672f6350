import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';
import { refusalBody } from './answer-refusal.ts';
import { refusalWithStatus } from './refusal-with-status.ts';
import { answerInPlain } from './unreadable-request.ts';

const UNKNOWN_EXPECTATION = new Refusal('BAD_USER_INPUT', 'Of "Expect" only "100-continue" can be met.');
const NO_TUNNEL = new Refusal('BAD_USER_INPUT', 'This server is no proxy: CONNECT is not possible.');

/** RFC 9112, section 3.2: exactly one, in HTTP/1.1. */
function hasOneHost({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  if (httpVersion !== '1.1') return true;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1;
}

/**
 * What node refuses by itself, or lets pass, is refused in our words. The server must have been made with
 * `requireHostHeader: false`.
 */
export function refuseForNode(fastify: FastifyInstance): void {
  const server: Server = fastify.server;
  server.on('checkExpectation', (_request, response) => {
    const body = JSON.stringify(refusalBody(UNKNOWN_EXPECTATION));
    const type = 'application/json; charset=utf-8';
    response.writeHead(417, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
  });
  server.on('connect', (_request, socket) => answerInPlain(socket as Socket, 405, NO_TUNNEL));
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    done(hasOneHost(raw) ? undefined : refusalWithStatus('A request of HTTP/1.1 names one "Host".', 400));
  });
}
