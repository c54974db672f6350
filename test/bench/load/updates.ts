import { WebSocket } from 'ws';
import type { Updating } from '../servers/served.ts';
import { keepAlive } from './keep-alive.ts';
import { digitsOf, svgOf } from './picture.ts';

/** Sends one update and waits until it is accepted. */
export type Update = (session: string, pad: string) => Promise<void>;

const MUTATION = 'mutation($id:ID!,$args:JSONObject){updateSession(input:{id:$id,args:$args}){version}}';
const PUBLISH = 'mutation($id:ID!,$svg:String!){publish(id:$id,svg:$svg)}';

/** A connection of its own, on which one update is under way at a time. */
export async function connectUpdate(updating: Updating): Promise<Update> {
  if (updating.webSocket) return overWebSocket(updating);
  const { port, method, path, headers, body } = updating;
  const connection = keepAlive(port);
  return (session, pad) =>
    connection.ask(method, path.replace('{session}', session), headers, bodyOf(body, session, pad));
}

async function overWebSocket({ port, path, body }: Updating): Promise<Update> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, 'graphql-transport-ws');
  let settle: { resolve(): void; reject(error: Error): void } | null = null;
  const acknowledged = new Promise<void>((resolve, reject) => {
    socket.once('open', () => socket.send('{"type":"connection_init"}')).once('error', reject);
    socket.on('message', (data) => {
      const text = String(data);
      if (text.includes('"connection_ack"')) resolve();
      else if (text.includes('"complete"')) settle?.resolve();
      else if (text.includes('"errors"') || text.includes('"error"')) settle?.reject(new Error(text));
    });
  });
  await acknowledged;
  let id = 0;
  return (session, pad) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      id += 1;
      socket.send(`{"id":"${id}","type":"subscribe","payload":${bodyOf(body, session, pad)}}`);
    });
}

function bodyOf(kind: Updating['body'], session: string, pad: string): string {
  const now = performance.now() * 1000;
  if (kind === 'svg') return svgOf(pad, now);
  if (kind === 'publish') return JSON.stringify({ query: PUBLISH, variables: { id: session, svg: svgOf(pad, now) } });
  const args = { pad, sent: digitsOf(now) };
  if (kind === 'args') return JSON.stringify({ args });
  return JSON.stringify({ query: MUTATION, variables: { id: session, args } });
}
