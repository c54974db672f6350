import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openMultipart } from '../harness/multipart-reader.ts';
import type { Cell } from './cell.ts';
import { ATTACKS } from './load/attacks.ts';
import { send } from './load/send.ts';
import { figure, spread } from './report.ts';
import { quantile, summarise, turns } from './rounds.ts';
import { startOurs } from './servers/ours.ts';
import { multipartViewing } from './servers/viewings.ts';

const UPDATES = 300;
/** Not counted: code is compiled and threads are started. */
const WARM_UP = 50;
const PACE_MS = 20;
const MOST_TIMES = 2;
const NOTHING = 'nothing';
const BADGE = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="20">
  <rect width="{{ n % 100 }}" height="20"/><text y="14">{{ n }}</text>
</svg>`;

interface Round {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly attacksPerSecond: number;
}

/** How long a session's update takes to its viewer while one client writes the dearest templates as fast as it can. */
export const isolationCell: Cell = {
  name: 'isolation',
  async run(effort) {
    const disturbances = [{ name: NOTHING }, ...ATTACKS];
    const measured: Round[] = [];
    for (const { name } of turns(disturbances, effort)) measured.push(await measure(name));
    const of = (name: string, what: 'p50' | 'p99' | 'attacksPerSecond') =>
      summarise(measured.filter((round) => round.name === name).map((round) => round[what]));
    const undisturbed = of(NOTHING, 'p99').median;
    return [
      {
        title:
          'One session, 50 updates/s, one viewer, beside a client that writes as fast as it can, without rate limits',
        columns: ['that client writes', 'p50 ms', 'p99 ms', '× undisturbed', 'its writes/s'],
        rows: disturbances.map(({ name }) => [
          name,
          spread(of(name, 'p50')),
          spread(of(name, 'p99')),
          figure(of(name, 'p99').median / undisturbed),
          figure(of(name, 'attacksPerSecond').median),
        ]),
        chart: null,
        targets: ATTACKS.map(({ name }) => {
          const times = of(name, 'p99').median / undisturbed;
          return {
            what: `${name}: p99 below ${MOST_TIMES} × the undisturbed one`,
            measured: `${times.toFixed(2)} ×`,
            met: times < MOST_TIMES,
          };
        }),
      },
    ];
  },
};

/** One round, on a server of its own. */
async function measure(name: string): Promise<Round> {
  const { port, stop } = await startOurs(multipartViewing);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await send({ port, agent, method: 'POST', path: '/api/session' }, { session_id: 'ours', template: BADGE, args: {} });
  const viewer = await openMultipart(port, '/stream/ours?fps=120&keep_alive=0');
  const attack = name === NOTHING ? null : await begin(name, port);
  const took: number[] = [];
  const begun = performance.now();
  for (let n = 1; n <= WARM_UP + UPDATES; n += 1) {
    const sentAt = performance.now();
    const written = send({ port, agent, method: 'PUT', path: '/api/session/ours' }, { args: { n } });
    await viewer.until(`>${n}<`);
    if (n > WARM_UP) took.push(performance.now() - sentAt);
    await written;
    await delay(PACE_MS);
  }
  const seconds = (performance.now() - begun) / 1000;
  const answered = attack === null ? 0 : await end(attack);
  viewer.close();
  agent.destroy();
  await stop();
  took.sort((a, b) => a - b);
  return { name, p50: quantile(took, 0.5), p99: quantile(took, 0.99), attacksPerSecond: answered / seconds };
}

async function begin(name: string, port: number): Promise<ChildProcess> {
  const attack = fork(fileURLToPath(new URL('load/attack.ts', import.meta.url)), [name, String(port)], {
    execArgv: ['--import', 'tsx'],
  });
  await once(attack, 'message');
  return attack;
}

async function end(attack: ChildProcess): Promise<number> {
  const answered = once(attack, 'message');
  attack.send('stop');
  return Number((await answered)[0]);
}
