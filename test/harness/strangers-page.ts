import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A page of another origin, as anybody might write it: these images, each 100 × 100, side by side. Its address. */
export async function strangersPage(...images: readonly string[]): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    const elements = images.map((image) => `<img src="${image}" width="100" height="100">`);
    response.end(`<!doctype html><body style="margin:0;display:flex;background:#808080">${elements.join('')}`);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}
