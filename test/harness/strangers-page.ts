import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Host = 'localhost' | '127.0.0.1';

/**
 * A page that anybody might write, served until the test ends. Its address. On `localhost` it is of another site than
 * the servers of tests, which are on `127.0.0.1`; there it is of the same site, on another port.
 */
export async function servePage(html: string, host: Host = 'localhost'): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(html);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}/`;
}

/** A page with a title and no margin. */
export function serveMarkup(body: string, host?: Host): Promise<string> {
  return servePage(`<!doctype html><title>Elsewhere</title><body style="margin:0">${body}`, host);
}

/** A page of another origin with these images on grey, each 100 × 100, side by side. Its address. */
export function strangersPage(...images: readonly string[]): Promise<string> {
  const elements = images.map((image) => `<img src="${image}" width="100" height="100">`);
  return serveMarkup(`<style>body { display: flex; background: #808080 }</style>${elements.join('')}`);
}
