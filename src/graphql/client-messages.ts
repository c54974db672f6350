import { CloseCode, MessageType } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';

/** What only a server says. graphql-ws calls a client that says it an error of its own: 4500, and a line on the console. */
const SERVER_ONLY: ReadonlySet<unknown> = new Set([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/** Most messages are let through by this alone; the words may also stand in somebody's args, and be spelled with escapes. */
const MAY_BE_SERVER_ONLY = /connection_ack|next|error|\\u/;

function isServerOnly(data: RawData): boolean {
  const text = String(data);
  if (!MAY_BE_SERVER_ONLY.test(text)) return false;
  try {
    return SERVER_ONLY.has(JSON.parse(text)?.type);
  } catch {
    return false;
  }
}

/** A client that has left is no error of ours: the close of its socket, which follows, ends its operations. */
export function forgiveLostClients(socket: WebSocket): void {
  const send = socket.send.bind(socket);
  // graphql-ws would take it for a failure of the operation, and tell the log and the client that is gone.
  socket.send = (data: Parameters<WebSocket['send']>[0], ...rest: unknown[]) => {
    const done = rest.at(-1);
    send(data, () => typeof done === 'function' && done());
  };
}

/** Closes a socket whose client speaks the server's part with 4400, as the protocol has it for what is invalid. */
export function refuseServerMessages(socket: WebSocket): void {
  const listeners = socket.listeners('message') as ((data: RawData, isBinary: boolean) => void)[];
  socket.removeAllListeners('message');
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isServerOnly(data)) return socket.close(CloseCode.BadRequest, 'Only the server sends messages of this type');
    for (const listener of listeners) listener.call(socket, data, isBinary);
  });
}
