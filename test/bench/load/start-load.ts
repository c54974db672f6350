import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ProcessUse, processUse } from '../process-use.ts';
import type { Served } from '../servers/served.ts';
import type { Answer, Loaded, Order } from './load.ts';

export interface Load {
  /** Resolves when every viewer has had a frame. */
  open(served: Served, viewers: number, sessions: readonly string[]): Promise<void>;
  /** @returns what the load saw, and what the server used in the same time */
  run(order: Omit<Extract<Order, { kind: 'run' }>, 'kind'>): Promise<Loaded & { readonly serverMicros: number }>;
  stop(): void;
}

export function startLoad(): Load {
  const child = fork(fileURLToPath(new URL('generator.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the load ended with ${code}`);
  });
  ended.catch(() => {});
  let pids: readonly number[] = [];
  // Asked for one by one: two answers in one turn of the event loop are none lost.
  const answers = on(child, 'message');
  const answer = async <Kind extends Answer['kind']>(kind: Kind) => {
    const {
      value: [said],
    } = (await Promise.race([answers.next(), ended])) as { value: [Answer] };
    if (said.kind !== kind) throw new Error(`the load says ${said.kind} instead of ${kind}`);
    return said as Extract<Answer, { kind: Kind }>;
  };
  const order = (what: Order) => child.send(what);

  return {
    async open({ port, viewing, updating, pids: those }, viewers, sessions) {
      pids = those;
      order({ kind: 'open', port, viewing, updating, viewers, sessions });
      await answer('opened');
    },
    async run(what) {
      order({ kind: 'run', ...what });
      await answer('begun');
      const before: ProcessUse = processUse(pids);
      await answer('ended');
      const serverMicros = processUse(pids).cpuMicros - before.cpuMicros;
      return { ...(await answer('done')), serverMicros };
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
