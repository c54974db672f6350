import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { createSourceEventStream, type ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Client } from '../auth/caller.ts';
import type { Dependents } from '../auth/dependents.ts';
import type { Proof } from '../auth/tokens.ts';
import { Refusal } from '../errors.ts';
import type { Frames } from '../frames/frames.ts';
import type { Log } from '../log.ts';
import { type ContextFor, NO_STREAMING, type WhenGone } from './context.ts';
import { MAX_OPERATIONS_PER_SOCKET } from './limits.ts';
import { pingAll } from './pings.ts';
import { presentError, withoutHttp } from './present-error.ts';
import { type Connection, createSpeaker } from './protocol-socket.ts';
import type { SharedOperations } from './shared-operations.ts';
import { createShareResults } from './shared-results.ts';
import type { GraphqlServer } from './yoga-server.ts';

/** What is being answered when a token ends, such as the sign-out that ended it, still arrives. */
const LAST_ANSWERS_MS = 250;

/** How long a client has to answer the close frame before its socket is cut. */
const CLOSE_WITHIN_MS = 1000;

/** RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;

const TOO_MANY_OPERATIONS = new Refusal(
  'RATE_LIMITED',
  `At most ${MAX_OPERATIONS_PER_SOCKET} operations run at once on one connection; complete some, or open another.`,
  { retryAfterSeconds: 1 },
);

export interface WebSocketDeps {
  readonly server: GraphqlServer;
  readonly frames: Frames;
  readonly sharedOperations: SharedOperations;
  readonly authenticate: Authenticate;
  readonly dependents: Dependents;
  readonly clientOf: (request: IncomingMessage) => Client;
  readonly contextFor: ContextFor;
  readonly log: Log;
  readonly maxMessageBytes: number;
  /** How long a client may answer no ping. */
  readonly viewerTimeoutMs: number;
}

type Params = Record<string, unknown> | undefined;

/** graphql-ws returns every iterator of a socket that closes, those too that are only being made. */
const endedByGraphqlWs: WhenGone = () => {};

/** Yoga's pipeline for one operation travels to `execute` in the one field that graphql-ws passes through. */
type Pipeline = Pick<ReturnType<GraphqlServer['getEnveloped']>, 'execute' | 'subscribe'>;

function pipelineOf({ rootValue }: ExecutionArgs): Pipeline {
  return rootValue as Pipeline;
}

function authorizationOf(params: Params): string | undefined {
  // As the header of that name, which is spelled in either case.
  const [, authorization] = Object.entries(params ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  if (authorization === undefined || authorization === null) return undefined;
  if (typeof authorization === 'string') return authorization;
  throw new Refusal('UNAUTHENTICATED', 'connectionParams.authorization must read "Bearer <access token>".');
}

/**
 * Operations over WebSocket (graphql-transport-ws). `close` sends the answers that are under way, says 1001 to all and
 * resolves when they are gone, after `withinMs` at most.
 */
export function createWebSockets(deps: WebSocketDeps) {
  const { server, authenticate, dependents, clientOf, contextFor, log, maxMessageBytes, viewerTimeoutMs } = deps;
  const shareResults = createShareResults(deps.frames, deps.sharedOperations);
  // Compressed, ws would write its frames later than at once, and shared results come between them.
  const sockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false },
    handleProtocols,
  });

  /** A client that renews its token in `connectionParams` connects again with it, as graphql-ws does by itself. */
  function closeWithToken(connection: Connection, proof: Proof): void {
    const { socket } = connection;
    const streams = new Set<() => void>();
    connection.streams = streams;
    const close = () => socket.close(CloseCode.Forbidden, 'Forbidden');
    const ended = () => {
      // No frame that was written after the token's end.
      for (const stop of streams) stop();
      setTimeout(close, LAST_ANSWERS_MS).unref();
    };
    socket.once('close', dependents.register(proof, ended));
  }

  /** What will end in an answer. */
  const underWay = new Set<Promise<unknown>>();
  async function answering<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function untilAnswered(): Promise<void> {
    do {
      await Promise.allSettled(underWay);
      // Only now graphql-ws sends it; and subscriptions whose frames have just ended say so.
      await setImmediate();
    } while (underWay.size > 0);
  }

  /** Each operation is judged by the token of `connection_init` as it is valid then. */
  async function prepare(
    connection: Connection,
    params: Params,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs> {
    const { request } = connection;
    const caller = await authenticate(authorizationOf(params), clientOf(request));
    const { query, variables, operationName } = payload;
    const handover = shareResults(connection, id);
    const streaming = { ...NO_STREAMING, handover };
    const context = {
      params: { variables, operationName },
      ...contextFor(request, caller, endedByGraphqlWs, streaming),
    };
    const { schema, parse, validate, execute, subscribe, contextFactory } = server.getEnveloped(context);
    const document = parse(query);
    const [firstError, ...errors] = validate(schema, document);
    if (firstError !== undefined) throw new AggregateError([firstError, ...errors]);
    return {
      schema,
      document,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
      contextValue: await contextFactory(),
      rootValue: {
        execute,
        async subscribe(args: ExecutionArgs) {
          // Past the pipeline, as `subscribeDirectly`, but for what it makes of a refusal.
          await createSourceEventStream(args);
          const results = handover.begun ? null : await subscribe(args);
          // graphql-ws keeps the arguments for as long as the operation runs, and needs them no more.
          args.contextValue = null;
          args.rootValue = null;
          return handover.begun ? handover : results;
        },
      } satisfies Pipeline,
    };
  }

  const protocol = makeServer<Params, Connection>({
    execute: (args) => answering((async () => pipelineOf(args).execute(args))()),
    subscribe: (args) => pipelineOf(args).subscribe(args),
    // What this throws closes the socket: 4403 for a token that is not good.
    async onConnect({ connectionParams, extra }) {
      const { user } = await authenticate(authorizationOf(connectionParams), clientOf(extra.request));
      if (user !== null) closeWithToken(extra, user);
    },
    async onSubscribe({ connectionParams, extra, subscriptions }, id, payload) {
      try {
        if (Object.keys(subscriptions).length > MAX_OPERATIONS_PER_SOCKET) throw TOO_MANY_OPERATIONS;
        return await answering(prepare(extra, connectionParams, id, payload));
      } catch (error) {
        const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
        return errors.map((each) => presentError(each, log));
      }
    },
    onError: (_context, _id, _payload, errors) => errors.map((error) => withoutHttp(presentError(error, log)).toJSON()),
    onNext: (_context, _id, _payload, _args, { data, errors }) =>
      errors && { ...(data === undefined ? {} : { data }), errors: errors.map((each) => withoutHttp(each).toJSON()) },
  });
  const stopPings = pingAll(sockets, viewerTimeoutMs);

  const speak = createSpeaker(protocol, log);
  sockets.on('connection', (socket, request) => speak({ socket, request, streams: null }));

  return {
    sockets,
    async close(withinMs: number) {
      stopPings();
      let patience: NodeJS.Timeout | undefined;
      const outOfPatience = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, withinMs - CLOSE_WITHIN_MS);
      });
      await Promise.race([untilAnswered(), outOfPatience]);
      clearTimeout(patience);
      const deadline = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WITHIN_MS);
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(deadline);
    },
  };
}
