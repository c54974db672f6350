import type { WebSocket, WebSocketServer } from 'ws';

/** Proxies commonly give up on a connection that was silent for a minute. */
const PING_EVERY_MS = 12_000;

/**
 * Pings every socket, by one timer for all of them, and cuts off those that have answered nothing for so long: pings that
 * graphql-ws sends itself must be answered by the next one, for which a slow reader may have too much before it.
 *
 * @returns stops it
 */
export function pingAll(sockets: WebSocketServer, timeoutMs: number): () => void {
  const heardAt = new WeakMap<WebSocket, number>();
  // One for all sockets, since there may be ten thousand.
  function heard(this: WebSocket) {
    heardAt.set(this, performance.now());
  }
  sockets.on('connection', (socket) => {
    heard.call(socket);
    socket.on('pong', heard);
    socket.on('message', heard);
  });
  const timer = setInterval(
    () => {
      const oldest = performance.now() - timeoutMs;
      for (const socket of sockets.clients) {
        if ((heardAt.get(socket) ?? oldest) <= oldest) socket.terminate();
        else if (socket.readyState === socket.OPEN) socket.ping();
      }
    },
    Math.min(PING_EVERY_MS, timeoutMs / 2),
  ).unref();
  return () => clearInterval(timer);
}
