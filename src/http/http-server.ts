import type { RequestListener } from 'node:http';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { answerRefusal } from './answer-refusal.ts';
import type { Certificate } from './certificate.ts';
import { acceptOnlyJson, zodShapes } from './json-body.ts';
import { keepKnownRoutes } from './known-routes.ts';
import { answerOptions, refuseOtherMethods } from './methods.ts';
import { answerUnknownPaths, sendUnknownPage, type UnknownPage, wantsPage } from './not-found.ts';
import { refuseForNode } from './refused-by-node.ts';
import { RATE_LIMIT_HEADERS } from './retry-headers.ts';
import { createTlsServer } from './tls-server.ts';
import { refuseTokensInUrls } from './token-in-url.ts';
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
  /** HTTPS with HTTP/2 and HTTP/1.1; null: plain HTTP/1.1. */
  readonly certificate: Certificate | null;
  /** What people see where nothing is, or where an address cannot be read. Absent: the refusal that programs get. */
  readonly unknownPage?: UnknownPage;
}

/** A name of 128 characters of four bytes each, percent-encoded, with room to spare. */
const MAX_SEGMENT_LENGTH = 2048;

/** How long a client may take to send one whole request. */
const REQUEST_TIMEOUT_MS = 60_000;

/** After this much silence the system asks whether the other side still exists (TCP keep-alive). */
const PROBE_AFTER_MS = 60_000;

/** How long a connection may stand between two requests. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

/** The ground on which the transports stand: JSON only, our errors only, CORS as configured. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { log, maxBodyBytes, corsOrigins, trustsProxy, certificate, unknownPage = null } = options;
  const times = { requestTimeoutMs: REQUEST_TIMEOUT_MS, keepAliveTimeoutMs: KEEP_ALIVE_TIMEOUT_MS };
  const server: FastifyInstance = fastify({
    ...(certificate && {
      serverFactory: (handler: RequestListener) => createTlsServer(handler, certificate.keyPair, times),
    }),
    http: { requireHostHeader: false },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    trustProxy: trustsProxy,
    bodyLimit: maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Who asks on a connection that stands is answered to the end; the framework's own 503 is not one of our refusals.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_SEGMENT_LENGTH },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) =>
      unknownPage !== null && wantsPage(request)
        ? sendUnknownPage(request, reply, unknownPage)
        : answerRefusal(request, reply, error, log),
  });
  server.server.on('connection', (socket) => socket.setKeepAlive(true, PROBE_AFTER_MS));
  if (certificate !== null) {
    certificate.serveWith(server.server);
    server.addHook('onClose', async () => certificate.close());
    // The framework says `close` with a body it did not read; HTTP/2 knows no such header, and node warns of it.
    server.addHook('onSend', async ({ raw }, reply) => {
      if (raw.httpVersionMajor === 2) reply.removeHeader('connection');
    });
  }
  keepKnownRoutes(server);
  acceptOnlyJson(server);
  server.setValidatorCompiler(zodShapes);
  server.setErrorHandler((error, request, reply) => answerRefusal(request, reply, error, log));
  refuseForNode(server);
  answerOptions(server);
  await server.register(cors, {
    origin: corsOrigins === '*' ? '*' : [...corsOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Last-Event-ID'],
    // As text: a list would be joined again for each answer.
    exposedHeaders: ['ETag', 'Retry-After', ...RATE_LIMIT_HEADERS].join(', '),
  });
  refuseTokensInUrls(server);
  refuseOtherMethods(server);
  answerUnknownPaths(server, unknownPage);
  return server;
}
