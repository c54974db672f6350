// The server of a soak: the whole app in a process of its own that collects its garbage when asked. Run with --expose-gc.
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';

/** What it tells on its channel: the port once, then a look at its memory for each message it is sent. */
export type Told = { readonly port: number } | { readonly heapUsed: number; readonly rss: number };

const invocation = readConfig({ argv: process.argv.slice(2), env: {}, cwd: '/nowhere' });
if (invocation.kind !== 'serve') throw new Error('these arguments start no server');
const app = await createApp(invocation.config, pino({ level: 'warn' }, process.stderr));
await app.http.listen({ host: '127.0.0.1', port: 0 });

const tell = (told: Told) => process.send?.(told);
process.on('message', () => {
  // The second one collects what finalizers of the first let go.
  for (let i = 0; i < 2; i += 1) globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  tell({ heapUsed, rss });
});
process.once('disconnect', () => process.exit(0));
tell({ port: (app.http.server.address() as AddressInfo).port });
