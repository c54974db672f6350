import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { builtServer } from '../built.ts';
import { TEMPLATE } from '../load/picture.ts';
import type { Contender, Served, Updating, Viewing } from './served.ts';
import { multipartViewing, SUBSCRIPTION, sseViewing, webSocketViewing } from './viewings.ts';

const put = (port: number): Updating => ({
  port,
  method: 'PUT',
  path: '/api/session/{session}',
  headers: { 'content-type': 'application/json' },
  body: 'args',
});

export const oursOverMultipart: Contender = ours('realtime-svg, multipart', multipartViewing);
export const oursOverSse: Contender = ours('realtime-svg, GraphQL over SSE', sseViewing(SUBSCRIPTION));
export const oursOverWebSocket: Contender = ours(
  'realtime-svg, GraphQL over WebSocket',
  webSocketViewing(SUBSCRIPTION),
);

export function ours(name: string, viewing: Viewing): Contender {
  return { name, ours: true, start: () => startOurs(viewing) };
}

/** The build, as a user starts it, with sessions to watch. @param store flags that choose it */
export async function startOurs(
  viewing: Viewing,
  store: readonly string[] = ['--data-dir', ':memory:'],
): Promise<Served> {
  const args = ['--port', '0', '--demo', 'off', '--rate-limits', 'off', '--log-level', 'warn', ...store];
  const child = spawn(process.execPath, [await builtServer(), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
      const [, found] = /Address +http:\/\/[^:]+:(\d+)\//.exec(printed) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('exit', () => reject(new Error(`the server ended: ${printed}`)));
  });
  return {
    pids: [child.pid as number],
    port,
    viewing,
    updating: put(port),
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

export function sessionNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `sess-${String(at).padStart(4, '0')}`);
}

export async function createSessions({ port }: Served, names: readonly string[]): Promise<void> {
  for (const session_id of names) {
    const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session_id, template: TEMPLATE, args: { pad: '', sent: '000000000000' } }),
    });
    if (response.status !== 201) throw new Error(`session ${session_id}: ${response.status} ${await response.text()}`);
  }
}
