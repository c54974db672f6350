import { type Client, createClient } from 'graphql-ws';
import type { TypedDocument } from './execute.ts';
import { createNewest, type Newest } from './newest.ts';
import { type RequestError, requestError, unreachable } from './request-error.ts';

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
}

interface Watched {
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

/** What goes away by itself, and is asked for again. */
function isPassing({ code }: RequestError): boolean {
  return code === 'UNAVAILABLE' || code === 'RATE_LIMITED' || code === 'UNREACHABLE';
}

function connect({ url, onState }: WatchOptions): Client {
  let pongDeadline: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url,
    lazyCloseTimeout: CLOSE_AFTER_MS,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => pause(retryMs(retries)),
    on: {
      connected: () => onState('live'),
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
export function createWatch({ url, onState }: WatchOptions): Watch {
  const watched = new Set<Watched>();
  let paused = false;
  const client = connect({ url, onState: (state) => onState(watched.size === 0 || paused ? 'idle' : state) });

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
        error: (error) => mine(() => refused(Array.isArray(error) ? requestError(error) : unreachable(error))),
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

    return { start, stop };
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
    resume() {
      if (!paused) return;
      paused = false;
      for (const entry of watched) entry.start();
    },
  };
}
