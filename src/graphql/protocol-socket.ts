import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { CloseCode, MessageType, type Server, stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { asRefusal, type ErrorCode } from '../errors.ts';
import type { Log } from '../log.ts';

/** One client, and the request that opened its socket. */
export interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Each stops frames that it is being sent, without a word. null: it speaks for nobody, whose token could end */
  streams: Set<() => void> | null;
}

/** Bytes of a reason in a close frame (RFC 6455, section 5.5.1); ws throws at more. */
const MAX_REASON_BYTES = 123;

/** "Try again later" (IANA's registry of close codes): clients of graphql-ws do, as they never do after 4500. */
const TRY_AGAIN_LATER = 1013;

const CLOSE_CODES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: CloseCode.Forbidden,
  INTERNAL: CloseCode.InternalServerError,
};

/** What only a server says. graphql-ws would call a client that says it an error of its own. */
const SERVER_ONLY: ReadonlySet<unknown> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/** Most messages are let through by this alone; the words may also stand in somebody's args, and be spelled with escapes. */
const MAY_BE_SERVER_ONLY = /connection_ack|next|error|\\u/;

function isServerOnly(text: string): boolean {
  if (!MAY_BE_SERVER_ONLY.test(text)) return false;
  try {
    return SERVER_ONLY.has(JSON.parse(text)?.type);
  } catch {
    return false;
  }
}

/** As much of a text as fits, in whole characters. */
function shortened(reason: string): string {
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(MAX_REASON_BYTES));
  return reason.slice(0, read);
}

/** null: JSON that could be read may nest too deeply to be written. */
function pongTo(payload: Record<string, unknown> | undefined): string | null {
  try {
    return stringifyMessage(payload ? { type: MessageType.Pong, payload } : { type: MessageType.Pong });
  } catch {
    return null;
  }
}

/** What is said in one turn of the event loop goes to the system as one: a result and its `complete` above all. */
function holdForThisTurn(carrier: Socket): void {
  if (carrier.writableCorked > 0) return;
  carrier.cork();
  setImmediate(() => carrier.uncork());
}

/**
 * Connects sockets with the protocol, in place of graphql-ws's own adapter: that writes to the console what a client
 * does wrong, and hears only a socket's first error, so that a second one would end the process. What it makes for each
 * socket lives as long as the socket, of which there may be ten thousand.
 */
export function createSpeaker(protocol: Server<Connection>, log: Log): (connection: Connection) => void {
  const onError = (error: Error) => log.debug({ error: String(error) }, 'WebSocket failed');

  return (connection) => {
    const { socket } = connection;
    const carrier = connection.request.socket;
    const isOpen = () => socket.readyState === socket.OPEN;
    const close = (code?: number, reason = '') => socket.close(code, shortened(reason));

    // A client that has left is no error of an operation: the close of its socket, which follows, ends its operations.
    const send = (text: string) =>
      new Promise<void>((resolve) => {
        if (!isOpen()) return resolve();
        holdForThisTurn(carrier);
        socket.send(text, () => resolve());
        // Only who reads too slowly is waited for.
        if (!carrier.writableNeedDrain) resolve();
      });

    function onFailure(error: unknown): void {
      const { code, message } = asRefusal(error, log);
      close(CLOSE_CODES[code] ?? TRY_AGAIN_LATER, message);
    }

    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send,
        close,
        onPing(payload) {
          const pong = pongTo(payload);
          return pong === null ? close(CloseCode.BadRequest, 'The payload nests too deeply') : send(pong);
        },
        onMessage: (receive) =>
          // Not async: for as long as an operation runs, it would keep the message that began it.
          socket.on('message', (data) => {
            // What arrives behind the message that closed the socket is not done.
            if (!isOpen()) return;
            const text = String(data);
            if (isServerOnly(text)) close(CloseCode.BadRequest, 'Only the server sends messages of this type');
            else receive(text).catch(onFailure);
          }),
      },
      connection,
    );
    socket.on('error', onError);
    socket.once('close', (code, reason) => closed(code, String(reason)));
  };
}
