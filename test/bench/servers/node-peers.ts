import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Ports } from '../peers/updates.ts';
import { type Contender, getRequest, type Updating, type Viewing } from './served.ts';
import { SUBSCRIPTION, sseViewing } from './viewings.ts';

const raw: Viewing = { says: [], webSocket: false };
const http: Viewing = { says: [{ after: '', latin1: getRequest('/') }], webSocket: false };
const post = (port: number): Updating => ({ port, method: 'POST', path: '/', headers: {}, body: 'svg' });

/** Peers that are programs of Node, each in a process of its own. */
export const floor: Contender = peer('plain net, one shared buffer (floor)', 'net-floor.ts', raw, post);
export const fastify: Contender = peer('bare Fastify', 'fastify.ts', raw, (port) => ({
  ...post(port),
  headers: { 'content-type': 'application/json' },
  body: 'args',
}));
export const chunkedHttp: Contender = peer('node:http, chunked', 'chunked-http.ts', http, post);
export const yoga: Contender = peer('Yoga subscription, SSE', 'yoga.ts', sseViewing(SUBSCRIPTION), (port) => ({
  port,
  method: 'POST',
  path: '/graphql',
  headers: { 'content-type': 'application/json' },
  body: 'publish',
}));

function peer(name: string, file: string, viewing: Viewing, updatingOf: (port: number) => Updating): Contender {
  return {
    name,
    ours: false,
    async start() {
      const program = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
      const child = fork(program, { execArgv: ['--import', 'tsx'] });
      const [{ port, updatePort }] = (await once(child, 'message')) as [Ports];
      return {
        pids: [child.pid as number],
        port,
        viewing,
        updating: updatingOf(updatePort),
        async stop() {
          child.kill('SIGKILL');
          await once(child, 'exit');
        },
      };
    },
  };
}
