import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts } from '../auth/accounts.ts';
import type { ApiKeys } from '../auth/api-keys.ts';
import type { Authenticate, Authenticated } from '../auth/authenticate.ts';
import type { Client } from '../auth/caller.ts';
import type { Dependents } from '../auth/dependents.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import { asRefusal, Refusal } from '../errors.ts';
import type { Audience } from '../frames/audience.ts';
import type { Frames } from '../frames/frames.ts';
import type { GalleryPictures } from '../gallery/gallery-pictures.ts';
import { decodeBody } from '../http/json-body.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import type { PictureRoute } from '../http/public-base.ts';
import { cutWhenStalled } from '../http/stalled.ts';
import { addVary } from '../http/vary.ts';
import type { Viewers } from '../http/viewers.ts';
import type { Log } from '../log.ts';
import type { Previews } from '../sessions/previews.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ViewLinks } from '../sessions/view-links.ts';
import { type ContextFor, NO_STREAMING, type WhenGone } from './context.ts';
import { answerDirectly } from './direct-post.ts';
import { acceptsEvents, subscribeDirectly } from './direct-subscription.ts';
import type { WhenTokenEnds } from './ends-with-token.ts';
import { createEventStreams, type EventStream } from './event-stream.ts';
import { fromFramework, sendRefusal } from './http-errors.ts';
import { checkQuery, parseBody, queryParams } from './http-params.ts';
import { createLeaving } from './leaving.ts';
import { createPlayground, wantsPlayground } from './playground.ts';
import { createSharedOperations } from './shared-operations.ts';
import { acceptUpgrades } from './upgrades.ts';
import { createWebSockets } from './websocket.ts';
import { createYogaServer } from './yoga-server.ts';

const PATH = '/graphql';

export interface GraphqlDeps {
  readonly sessions: Sessions;
  readonly viewLinks: ViewLinks;
  readonly previews: Previews;
  readonly galleryPictures: GalleryPictures;
  readonly frames: Frames;
  readonly audience: Audience;
  readonly viewers: Viewers;
  readonly signIns: SignIns;
  readonly accounts: Accounts;
  readonly apiKeys: ApiKeys;
  readonly authenticate: Authenticate;
  readonly dependents: Dependents;
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly log: Log;
  readonly limits: {
    /** Bytes of a request's body or a WebSocket message. */
    readonly maxMessageBytes: number;
    /** How long a viewer may take nothing of what waits for it, or answer no ping. */
    readonly viewerTimeoutMs: number;
  };
  /** Absolute URL of the session's picture, as the client of this request reaches it. */
  readonly pictureUrl: (request: IncomingMessage, route: PictureRoute, id: SessionId) => string;
  /** The CORS policy, here for WebSockets, which no preflight protects. Absent: the client is no browser. */
  readonly originAllowed: (request: IncomingMessage) => boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    graphqlCaller: Authenticated;
  }
}

/** No results that somebody would have to stop reading. */
const NEVER_READ: WhenGone = () => {};

/** Yoga knows no HEAD, whose answer is that of GET without its body (RFC 9110, section 9.3.2). */
function asGet(request: FastifyRequest): FastifyRequest {
  return request.method === 'HEAD' ? Object.create(request, { method: { value: 'GET' } }) : request;
}

/** `/graphql`: operations over HTTP, SSE and WebSocket, and the playground for browsers. */
export function graphqlRoutes(deps: GraphqlDeps): FastifyPluginAsync {
  const { authenticate, dependents, clientOf, frames, viewers, log, pictureUrl, originAllowed } = deps;
  const { maxMessageBytes, viewerTimeoutMs } = deps.limits;
  const { sessions, viewLinks, previews, galleryPictures, audience, signIns, accounts, apiKeys } = deps;
  const services = { sessions, viewLinks, previews, galleryPictures, frames, audience, signIns, accounts, apiKeys };

  const contextFor: ContextFor = (request, caller, whenGone, streaming = NO_STREAMING) => ({
    caller,
    whenGone,
    pictureUrl: (route, id) => pictureUrl(request, route, id),
    ...streaming,
    ...services,
  });

  return async (app) => {
    const server = createYogaServer(log);
    const sendPlayground = createPlayground();
    const sharedOperations = createSharedOperations(log);
    const openEventStream = createEventStreams({ frames, viewers, sharedOperations, viewerTimeoutMs, log });
    const webSockets = createWebSockets({
      ...{ server, frames, sharedOperations, authenticate, dependents, clientOf, contextFor, log },
      ...deps.limits,
    });
    acceptUpgrades(app.server, webSockets.sockets, { path: PATH, originAllowed, viewers }, log);
    viewers.onDrain(webSockets.close);

    app.removeAllContentTypeParsers();
    const json = { parseAs: 'buffer', bodyLimit: maxMessageBytes } as const;
    app.addContentTypeParser('application/json', json, async (_request: FastifyRequest, bytes: Buffer) =>
      parseBody(decodeBody(bytes)),
    );

    app.setErrorHandler((thrown, _request, reply) => {
      const refusal = asRefusal(fromFramework(thrown, maxMessageBytes), log);
      return sendRefusal(reply, refusal);
    });

    app.decorateRequest('graphqlCaller');
    app.addHook('onRequest', async (request, reply) => {
      // With a token the answer may hold what only its user sees.
      const cache = request.headers.authorization === undefined ? 'no-store' : PRIVATE_CACHE;
      reply.headers({ 'Cache-Control': cache, 'X-Content-Type-Options': 'nosniff' });
      addVary(reply, 'Accept');
      if (wantsPlayground(request)) return;
      try {
        request.graphqlCaller = await authenticate(request.headers.authorization, clientOf(request.raw));
      } catch (error) {
        const refusal = asRefusal(error, log);
        // RFC 6750, section 3.1.
        if (refusal.code === 'UNAUTHENTICATED') reply.header('WWW-Authenticate', 'Bearer error="invalid_token"');
        return sendRefusal(reply, refusal);
      }
    });

    async function streamDirectly(request: FastifyRequest, handover: EventStream): Promise<boolean> {
      const params = request.method === 'GET' ? queryParams(request) : (request.body as object);
      const context = contextFor(request.raw, request.graphqlCaller, NEVER_READ, { whenTokenEnds: null, handover });
      const begun = await subscribeDirectly(server, params, context, handover);
      if (handover.refused) throw handover.refused;
      return begun;
    }

    async function operate(request: FastifyRequest, reply: FastifyReply) {
      if (wantsPlayground(request)) return sendPlayground(request, reply);
      checkQuery(request);
      if (request.method === 'POST') {
        const posted = { body: request.body as object, accept: request.headers.accept };
        const answer = await answerDirectly(server, posted, contextFor(request.raw, request.graphqlCaller, NEVER_READ));
        if (answer !== null) return reply.type(answer.type).send(answer.body);
      }
      const { user } = request.graphqlCaller;
      const whenTokenEnds: WhenTokenEnds | null = user && ((end) => dependents.register(user, end));
      // The answer to HEAD is the head alone, which Yoga gives.
      const takesEvents = request.method !== 'HEAD' && acceptsEvents(request.headers.accept);
      const handover = takesEvents ? openEventStream(request, reply, whenTokenEnds) : null;
      if (handover !== null && (await streamDirectly(request, handover))) return reply;
      const leaving = createLeaving(reply.raw);
      const streaming = { whenTokenEnds, handover };
      const context = contextFor(request.raw, request.graphqlCaller, leaving.whenGone, streaming);
      const response = await server.handleNodeRequestAndResponse(asGet(request), leaving.response, context);
      if (handover?.begun) {
        leaving.release();
        return reply;
      }
      if (handover?.refused) throw handover.refused;
      if (response.status === 406) {
        const message =
          'Accept application/json or application/graphql-response+json, for a subscription text/event-stream.';
        return sendRefusal(reply, new Refusal('BAD_USER_INPUT', message), 406);
      }
      // Whether it is a stream depends on the operation too: only the answer tells.
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        try {
          reply.raw.once('close', viewers.enter('sse'));
          cutWhenStalled(reply.raw, viewerTimeoutMs);
        } catch (error) {
          // Yoga stops a stream only once it has been read from; before, its cancel throws.
          const reader = response.body?.getReader();
          await reader?.read();
          await reader?.cancel();
          return sendRefusal(reply, asRefusal(error, log));
        }
      }
      reply.headers(Object.fromEntries(response.headers));
      // Yoga sets two that do not belong there: "none" is no content coding, and the connection is not its own.
      for (const name of ['content-encoding', 'connection']) reply.removeHeader(name);
      reply.status(response.status);
      // Fastify drops the body of HEAD, but takes the text form of a web stream for its length.
      return reply.send(request.method === 'HEAD' ? Readable.from(response.body ?? []) : response.body);
    }

    app.route({
      method: ['GET', 'POST'],
      url: PATH,
      config: { refuseMethod: (reply, refusal) => sendRefusal(reply, refusal, 405) },
      handler: operate,
    });
  };
}
