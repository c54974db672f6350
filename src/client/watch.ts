import { type Client, createClient } from 'graphql-ws';
import { ANONYMOUS, type Credentials } from './credentials.ts';
import type { TypedDocument } from './execute.ts';
import { createNewest, type Newest } from './newest.ts';
import { RequestError, requestError, unreachable } from './request-error.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 3000;
const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5000;

/** A page that is left for another one keeps its connection. */
const CLOSE_AFTER_MS = 1000;

/** `waiting`: the connection is lost and tried again. */
export type ConnectionState = 'idle' | 'live' | 'waiting';

export interface WatchOptions {
  /** Of the GraphQL endpoint, `ws:` or `wss:`. */
  readonly url: string;
  readonly onState: (state: ConnectionState) => void;
  /** Default: nobody's. */
  readonly credentials?: Credentials;
  /** Default: the runtime's own. */
  readonly webSocket?: unknown;
}

export interface Watch {
  /**
   * Every result of a subscription, the newest first where the reader is slow. Goes on through lost connections and
   * restarts of the server until there is no such session any more.
   *
   * @throws RequestError where the subscription is refused, or the session is unknown from the start
   */
  watch<Result, Variables extends Record<string, unknown>>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
  ): AsyncIterable<Result>;
  /** Lets go of the connection, for example of a page that nobody sees. What is being watched waits. */
  pause(): void;
  resume(): void;
  /** Ends everything that is being watched, for good. */
  close(): void;
  /** Connects again, as whoever is there now. */
  reconnect(): void;
}

interface Watched {
  end(): void;
  start(): void;
  stop(): void;
}

function retryMs(retries: number): number {
  const most = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries, 10));
  // All pages come back at the same moment when a server does.
  return most / 2 + (Math.random() * most) / 2;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function refusalOf(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (Array.isArray(error)) return requestError(error);
  if (isForbidden(error)) return new RequestError('UNAUTHENTICATED', 'The token is not valid, or has expired.');
  return unreachable(error);
}

/** What goes away by itself, and is asked for again. */
function isPassing({ code }: RequestError): boolean {
  return code === 'UNAVAILABLE' || code === 'RATE_LIMITED' || code === 'UNREACHABLE';
}

/** The server closes so when it refuses the token that a connection begins with, or when that token has ended. */
function isForbidden(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 4403;
}

function connect({ url, onState, credentials = ANONYMOUS, webSocket }: WatchOptions): Client {
  if (webSocket === undefined && globalThis.WebSocket === undefined) {
    throw new TypeError('This runtime has no WebSocket: give createClient that of the package ws as webSocket');
  }
  let pongDeadline: ReturnType<typeof setTimeout> | undefined;
  let refusals = 0;
  let sent: string | null = null;

  /** Another token is tried once; that of a connection that stood has ended, and the next one begins with a new one. */
  function mayTryAgain(error: unknown): boolean {
    // What became of asking for a token.
    if (error instanceof RequestError) return isPassing(error);
    if (!isForbidden(error)) return true;
    refusals += 1;
    return refusals < 2 && credentials.renew(sent);
  }

  const client = createClient({
    url,
    webSocketImpl: webSocket,
    connectionParams: async () => {
      sent = await credentials.authorization();
      return sent === null ? undefined : { authorization: sent };
    },
    lazyCloseTimeout: CLOSE_AFTER_MS,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: mayTryAgain,
    retryWait: (retries) => pause(retryMs(retries)),
    on: {
      connected: () => {
        refusals = 0;
        onState('live');
      },
      closed: () => {
        clearTimeout(pongDeadline);
        onState('waiting');
      },
      // A connection whose other end has vanished never closes by itself.
      ping: (received) => {
        if (!received) pongDeadline = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDeadline);
      },
    },
  });
  return client;
}

/** Subscriptions over one WebSocket (graphql-transport-ws), opened when the first is watched. */
export function createWatch({ onState, ...options }: WatchOptions): Watch {
  const watched = new Set<Watched>();
  let paused = false;
  const client = connect({ ...options, onState: (state) => onState(watched.size === 0 || paused ? 'idle' : state) });

  function keepWatching<Result>(payload: Parameters<Client['subscribe']>[0], newest: Newest<Result>): Watched {
    let dispose: (() => void) | null = null;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let retries = 0;
    let known = false;

    function again() {
      stop();
      retry = setTimeout(start, retryMs(retries));
      retries += 1;
    }

    function refused(error: RequestError) {
      if (isPassing(error)) again();
      else newest.end(known && error.code === 'NOT_FOUND' ? undefined : error);
    }

    function start() {
      let isMine = true;
      const mine = (action: () => void) => isMine && action();
      const unsubscribe = client.subscribe<Result>(payload, {
        next: ({ data, errors }) =>
          mine(() => {
            if (data === null || data === undefined) return refused(requestError(errors ?? []));
            known = true;
            retries = 0;
            newest.push(data);
          }),
        error: (error) => mine(() => refused(refusalOf(error))),
        // A server that shuts down completes too; whether the session has ended says the next one.
        complete: () => mine(again),
      });
      dispose = () => {
        isMine = false;
        unsubscribe();
      };
    }

    function stop() {
      clearTimeout(retry);
      dispose?.();
      dispose = null;
    }

    return { start, stop, end: newest.end };
  }

  return {
    watch<Result, Variables extends Record<string, unknown>>(
      document: TypedDocument<Result, Variables>,
      variables: Variables,
    ): AsyncIterable<Result> {
      const newest: Newest<Result> = createNewest(() => {
        entry.stop();
        watched.delete(entry);
      });
      const entry = keepWatching({ query: document.toString(), variables }, newest);
      watched.add(entry);
      if (!paused) entry.start();
      return newest;
    },
    pause() {
      paused = true;
      for (const entry of watched) entry.stop();
    },
    reconnect: () => client.terminate(),
    resume() {
      if (!paused) return;
      paused = false;
      for (const entry of watched) entry.start();
    },
    close() {
      for (const { end } of watched) end();
      void client.dispose();
    },
  };
}
