import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { answerRefusal } from './answer-refusal.ts';
import { acceptOnlyJson, zodShapes } from './json-body.ts';
import { keepKnownRoutes } from './known-routes.ts';
import { answerOptions, refuseOtherMethods } from './methods.ts';
import type { TrustsProxy } from './trusted-proxies.ts';
import { answerUnreadable } from './unreadable-request.ts';

export interface HttpOptions {
  readonly log: Log;
  /** Bytes of a request body. */
  readonly maxBodyBytes: number;
  /** `*`, or the origins that may read answers from a page. */
  readonly corsOrigins: '*' | readonly string[];
  /** By it `request.ip` is the client's address. */
  readonly trustsProxy: TrustsProxy;
}

/** A name of 128 characters of four bytes each, percent-encoded, with room to spare. */
const MAX_SEGMENT_LENGTH = 2048;

/** How long a client may take to send one whole request. */
const REQUEST_TIMEOUT_MS = 60_000;

/** After this much silence the system asks whether the other side still exists (TCP keep-alive). */
const PROBE_AFTER_MS = 60_000;

/** The ground on which the transports stand: JSON only, our errors only, CORS as configured. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, maxBodyBytes, corsOrigins, trustsProxy } = options;
  const server = fastify({
    trustProxy: trustsProxy,
    bodyLimit: maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who asks on a connection that stands is answered to the end; the framework's own 503 is not one of our refusals.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_SEGMENT_LENGTH },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => answerRefusal(request, reply, error, log),
  });
  server.server.on('connection', (socket) => socket.setKeepAlive(true, PROBE_AFTER_MS));
  keepKnownRoutes(server);
  acceptOnlyJson(server);
  server.setValidatorCompiler(zodShapes);
  server.setErrorHandler((error, request, reply) => answerRefusal(request, reply, error, log));
  answerOptions(server);
  await server.register(cors, {
    origin: corsOrigins === '*' ? '*' : [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Last-Event-ID'],
    exposedHeaders: ['ETag', 'Retry-After'],
  });
  refuseOtherMethods(server);
  return server;
}
