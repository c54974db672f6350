import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { Case, Transport } from './case.ts';
import { bytesOf, graphqlBody, restRequest } from './encode.ts';
import { exchange } from './request.ts';

/** What a client of the transport sees. */
export interface Seen {
  /** HTTP status or close code; null: the socket stays open. */
  readonly status: number | null;
  /** null: accepted. undefined: a close code has none beside it. */
  readonly code: string | null | undefined;
  /** The whole answer. */
  readonly text: string;
}

export interface Server {
  readonly port: number;
  /** `Authorization` of the case; undefined: none. */
  readonly authorization: string | undefined;
}

interface ErrorAnswer {
  readonly code?: string;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

function codeIn(answer: string): string | null {
  const { code, errors } = (answer === '' ? {} : JSON.parse(answer)) as ErrorAnswer;
  return code ?? errors?.[0]?.extensions.code ?? null;
}

const authorized = (authorization: string | undefined) => (authorization === undefined ? {} : { authorization });

async function overRest({ ask, headers }: Case, { port, authorization }: Server): Promise<Seen> {
  const request = restRequest(ask);
  const all = { ...request.headers, ...authorized(authorization), ...headers };
  const answer = await exchange(port, { ...request, headers: all });
  return { status: answer.status, code: codeIn(answer.text), text: answer.text };
}

async function overHttp({ ask, headers }: Case, { port, authorization }: Server): Promise<Seen> {
  const { method = 'POST', contentType = 'application/json' } = ask.do === 'send' ? ask : {};
  const answer = await exchange(port, {
    method: method === 'PUT' ? 'POST' : method,
    path: '/graphql',
    headers: {
      accept: 'application/graphql-response+json',
      ...(contentType === null ? {} : { 'content-type': contentType }),
      ...authorized(authorization),
      ...headers,
    },
    body: bytesOf(graphqlBody(ask)),
  });
  return { status: answer.status, code: codeIn(answer.text), text: answer.text };
}

async function overWebSocket({ ask, headers }: Case, { port, authorization }: Server): Promise<Seen> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { headers: headers ?? {} });
  try {
    const closed = once(socket, 'close').then(([code]): Seen => ({ status: code, code: undefined, text: '' }));
    const refused = once(socket, 'unexpected-response').then(async ([, response]): Promise<Seen> => {
      const answer = await text(response as IncomingMessage);
      return { status: (response as IncomingMessage).statusCode ?? 0, code: codeIn(answer), text: answer };
    });
    const operated = (async (): Promise<Seen> => {
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: authorized(authorization) }));
      await once(socket, 'message');
      const body = graphqlBody(ask);
      const message = ask.do === 'send' ? body : `{"id":"1","type":"subscribe","payload":${body}}`;
      socket.send(bytesOf(message), { binary: false });
      const [data] = await once(socket, 'message');
      const { type, payload } = JSON.parse(String(data));
      const errors = type === 'error' ? payload : payload.errors;
      return { status: null, code: errors?.[0]?.extensions.code ?? null, text: String(data) };
    })();
    // Whichever comes first: what then waits for an event that never comes is let go with the socket.
    for (const outcome of [closed, refused, operated]) outcome.catch(() => {});
    return await Promise.race([refused, closed, operated]);
  } finally {
    socket.on('error', () => {});
    socket.terminate();
  }
}

export const ASK: Readonly<Record<Transport, (wrong: Case, server: Server) => Promise<Seen>>> = {
  REST: overRest,
  'GraphQL over HTTP': overHttp,
  'GraphQL over WebSocket': overWebSocket,
};
