import { createServer, Server as HttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';

/** The way in for new pictures of a peer that has none of its own. @returns its port */
export function acceptUpdates(publish: (svg: Buffer) => void): Promise<number> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.once('end', () => {
      publish(Buffer.concat(chunks));
      response.writeHead(204).end();
    });
  });
  return listen(server);
}

/** On a free port of loopback. */
export async function listen(server: Server): Promise<number> {
  // Node's own 5 s would cut off clients that wait for viewers to catch up.
  if (server instanceof HttpServer) server.keepAliveTimeout = 72_000;
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, resolve));
  return (server.address() as AddressInfo).port;
}

export interface Ports {
  readonly port: number;
  readonly updatePort: number;
}

/** To whoever started this process, with whom it ends. */
export function tellPorts(ports: Ports): void {
  process.send?.(ports);
  process.once('disconnect', () => process.exit(0));
}
