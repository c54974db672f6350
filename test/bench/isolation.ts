// How long a session's update takes to its viewer while one client writes the dearest templates as fast as it can.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from '../../scripts/build.mjs';
import { openMultipart } from '../harness/multipart-reader.ts';

export interface IsolationRow {
  /** What the other client writes; the first row is nothing. */
  readonly attack: string;
  /** Milliseconds from sending an update to its frame; medians of the rounds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** p99 by that of the undisturbed rounds. */
  readonly timesUndisturbed: number;
  /** Requests of the attack that were answered each second, whatever the answer. */
  readonly attacksPerSecond: number;
}

interface Attack {
  readonly name: string;
  /** The body of the n-th write. */
  readonly body: (n: number) => { readonly template?: string; readonly args?: object };
}

const UPDATES = 300;
const PACE_MS = 10;
const CONNECTIONS = 8;
const ROUNDS = 3;

const OPEN = '<svg xmlns="http://www.w3.org/2000/svg">';
const picture = (inner: string) => `${OPEN}${inner}</svg>`;
const BADGE = picture('<rect width="{{ n % 100 }}" height="20"/><text y="14">{{ n }}</text>');
const WORDS = 'a b '.repeat(60_000);

/** Each the dearest of its kind that the limits allow, found by measuring what the language can do. */
const ATTACKS: readonly Attack[] = [
  { name: 'nothing', body: () => ({}) },
  {
    name: 'compile',
    body: (n) => ({ template: picture(`<desc>${n}</desc><text>{{ [${'1+1,'.repeat(4800)}1] | length }}</text>`) }),
  },
  {
    name: 'render',
    body: () => ({
      template: picture('<text>{% for i in range(10) %}{{ t | wordcount }}{% endfor %}</text>'),
      args: { t: WORDS },
    }),
  },
  {
    name: 'small templates in place',
    body: (n) => ({ template: picture(`<text>{{ [${'1+1,'.repeat(900)}${n}] | length }}</text>`) }),
  },
  {
    name: 'large picture',
    body: () => ({ template: picture(`{% for i in range(7000) %}${'<a/>'.repeat(70)}{% endfor %}`) }),
  },
];

function post(port: number, agent: Agent, method: string, path: string, body: object): Promise<number> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sent = request({ port, agent, method, path, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(text);
  });
}

async function start(): Promise<{ port: number; stop: () => Promise<void> }> {
  const main = await build(fileURLToPath(new URL('../../', import.meta.url)));
  const flags = [
    '--port',
    '0',
    '--data-dir',
    ':memory:',
    '--demo',
    'off',
    '--rate-limits',
    'off',
    '--log-level',
    'warn',
  ];
  const server = spawn(process.execPath, ['--disable-proto=delete', main, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of server.stdout) {
    output += chunk;
    const port = /Address +https?:\/\/[^:]+:(\d+)\//.exec(output)?.[1];
    if (port === undefined) continue;
    const closed = once(server, 'exit');
    return {
      port: Number(port),
      async stop() {
        server.kill('SIGKILL');
        await closed;
      },
    };
  }
  throw new Error(`the server ended: ${output}`);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const median = (values: readonly number[]) => percentile(values, 0.5);

/** One round on a server of its own. */
async function measure({ name, body }: Attack) {
  const { port, stop } = await start();
  const victim = new Agent({ keepAlive: true, maxSockets: 1 });
  const attacker = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  await post(port, victim, 'POST', '/api/session', { session_id: 'victim', template: BADGE, args: { n: 0 } });
  const viewer = await openMultipart(port, '/stream/victim');
  let attacking = name !== 'nothing';
  let answered = 0;
  const attackers = Array.from({ length: attacking ? CONNECTIONS : 0 }, async () => {
    while (attacking) {
      answered += 1;
      const session = { session_id: `attack-${answered}`, expire: '1s', ...body(answered) };
      await post(port, attacker, 'POST', '/api/session', session);
    }
  });
  const took: number[] = [];
  const beganAt = performance.now();
  for (let n = 1; n <= UPDATES; n += 1) {
    const sentAt = performance.now();
    const written = post(port, victim, 'PUT', '/api/session/victim', { args: { n } });
    await viewer.until(`>${n}<`);
    took.push(performance.now() - sentAt);
    await written;
    await delay(PACE_MS);
  }
  const seconds = (performance.now() - beganAt) / 1000;
  attacking = false;
  await Promise.all(attackers);
  viewer.close();
  victim.destroy();
  attacker.destroy();
  await stop();
  return { name, p50: percentile(took, 0.5), p99: percentile(took, 0.99), perSecond: answered / seconds };
}

/** Interleaved, so that a machine that slows down slows all of them. */
export async function isolation(rounds = ROUNDS): Promise<readonly IsolationRow[]> {
  const measured: Awaited<ReturnType<typeof measure>>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const attack of ATTACKS) measured.push(await measure(attack));
  }
  const of = (attack: string, what: 'p50' | 'p99' | 'perSecond') =>
    median(measured.filter(({ name }) => name === attack).map((round) => round[what]));
  return ATTACKS.map(({ name }) => ({
    attack: name,
    p50Ms: of(name, 'p50'),
    p99Ms: of(name, 'p99'),
    timesUndisturbed: of(name, 'p99') / of('nothing', 'p99'),
    attacksPerSecond: of(name, 'perSecond'),
  }));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table(await isolation(Number(process.argv[2] ?? ROUNDS)));
}
