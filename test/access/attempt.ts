import { once } from 'node:events';
import { WebSocket } from 'ws';
import { exchange } from '../matrix/request.ts';

/** What one transport answered: a code, or null when it was done. */
export type Outcome = string | null;

interface Answered {
  readonly code?: string;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const authorized = (authorization: string | undefined) => (authorization === undefined ? {} : { authorization });

function codeIn(text: string): Outcome {
  // An event stream begins with its first event.
  const json = /^event: next\ndata: (.*)$/m.exec(text)?.[1] ?? text;
  if (!json.startsWith('{')) return null;
  const { code, errors } = JSON.parse(json) as Answered;
  return code ?? errors?.[0]?.extensions.code ?? null;
}

export async function overRest(
  port: number,
  authorization: string | undefined,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<Outcome> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { ...json, ...authorized(authorization) };
  const { text, status } = await exchange(port, {
    ...{ method, path, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return status < 400 ? null : codeIn(text);
}

/** A subscription is answered by its first event. */
export async function overHttp(port: number, authorization: string | undefined, query: string): Promise<Outcome> {
  const accept = query.startsWith('subscription') ? 'text/event-stream' : 'application/json';
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...authorized(authorization) },
    body: JSON.stringify({ query }),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return codeIn(await response.text());
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes('\n\n') && text.includes('event: next')) break;
  }
  return codeIn(text);
}

/** A token that is not valid closes the socket with 4403. */
export async function overWebSocket(port: number, authorization: string | undefined, query: string): Promise<Outcome> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  try {
    const closed = once(socket, 'close').then(([code]) => (code === 4403 ? 'UNAUTHENTICATED' : `closed ${code}`));
    const operated = (async () => {
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: authorized(authorization) }));
      await once(socket, 'message');
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      const [data] = await once(socket, 'message');
      const { type, payload } = JSON.parse(String(data));
      return codeIn(JSON.stringify(type === 'error' ? { errors: payload } : payload));
    })();
    operated.catch(() => {});
    return await Promise.race([closed, operated]);
  } finally {
    socket.on('error', () => {});
    socket.terminate();
  }
}
