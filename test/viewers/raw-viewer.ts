import { connect, type Socket } from 'node:net';
import { rawRequest } from '../harness/multipart-reader.ts';
import { clientFrame } from '../harness/raw-connection.ts';
import { AS_AN_IMAGE, createStreamBody } from '../harness/stream-body.ts';

/** `deltas` is multipart as an `<img>` is given it. */
export const TRANSPORTS = ['multipart', 'deltas', 'sse', 'websocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

const subscription = (session: string) => `subscription{frames(sessionId:"${session}"){svg}}`;

/** What a viewer of the transport sends first; a WebSocket says the rest by `SAYS`. */
export const requestOf: Readonly<Record<Transport, (session: string) => string>> = {
  multipart: (session) => rawRequest(`/stream/${session}?fps=120&keep_alive=0`),
  deltas: (session) => rawRequest(`/stream/${session}?fps=120&keep_alive=0&delta=true`, AS_AN_IMAGE),
  sse: (session) =>
    rawRequest(`/graphql?query=${encodeURIComponent(subscription(session))}`, ['Accept: text/event-stream']),
  websocket: () =>
    rawRequest('/graphql', [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
    ]),
};

/** The messages of a WebSocket that watches, and what comes before each. */
export const webSocketWatch = (session: string) => [
  { after: '\r\n\r\n', message: clientFrame('{"type":"connection_init"}') },
  {
    after: 'connection_ack',
    message: clientFrame(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: subscription(session) } })),
  },
];

/** A viewer on a socket that is the test's own: it reads when told to, and answers no ping. */
export interface RawViewer {
  readonly socket: Socket;
  /** The numbers between `<text>` and `</text>` of every frame so far. */
  shown(): readonly number[];
  /** Reads until this number was shown. Rejects when the connection ends before. */
  until(n: number): Promise<void>;
}

/** Resolves once the first frame has come. The caller destroys the socket. */
export async function openRawViewer(port: number, transport: Transport, session: string): Promise<RawViewer> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const shown: number[] = [];
  let rest = '';
  const toSay = webSocketWatch(session);
  let check = () => {};
  function read(text: string) {
    rest += text;
    if (transport === 'websocket') {
      const next = toSay[0];
      if (next !== undefined && rest.includes(next.after)) {
        toSay.shift();
        socket.write(next.message);
      }
    }
    for (const { 1: n, 0: match, index } of rest.matchAll(/<text>(\d+)<\/text>/g)) {
      shown.push(Number(n));
      if (rest.lastIndexOf('<text>') === index) rest = rest.slice(index + match.length);
    }
    check();
  }
  const body = createStreamBody({ onHead: (head) => read(`${head}\r\n\r\n`), onText: read });
  socket.on('data', body.push);
  socket.on('close', () => check());
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      check = () => {
        if (isSo()) resolve();
        else if (socket.closed) reject(new Error(`closed after ${shown.join()}: ${rest.slice(0, 400)}`));
      };
      check();
    });
  socket.write(requestOf[transport](session));
  await until(() => shown.length > 0);
  return { socket, shown: () => shown, until: (n) => until(() => shown.at(-1) === n) };
}
