import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exchange } from '../matrix/request.ts';
import { load, type Tally } from './load.ts';
import type { Told } from './soaked-server.ts';

const SAMPLES = 40;
/** Share of the time after which caches are full and code is compiled. */
const WARM_UP = 0.3;
/** How long the server has to let go of everything after the last viewer left. */
const LET_GO_WITHIN_MS = 5000;

export interface Sample {
  readonly seconds: number;
  readonly heapUsed: number;
  readonly rss: number;
}

export interface Soak {
  readonly tally: Tally;
  readonly delivered: number;
  readonly skipped: number;
  readonly samples: readonly Sample[];
  /** Of the heap after garbage collection, once warmed up: least squares. */
  readonly slopeKbPerMinute: number;
  /** The median heap of the last third over that of the first, once warmed up. */
  readonly heapRatio: number;
  /** What is still held 5 s after the last viewer left; empty: nothing. */
  readonly leaks: readonly string[];
}

/** @param serverArgs name the store */
export async function soak(seconds: number, serverArgs: readonly string[]): Promise<Soak> {
  const child = fork(
    fileURLToPath(new URL('soaked-server.ts', import.meta.url)),
    ['--demo', 'off', '--rate-limits', 'off', ...serverArgs],
    {
      execArgv: ['--expose-gc', '--import', 'tsx'],
    },
  );
  const told = async <T extends Told>() => (await once(child, 'message'))[0] as T;
  try {
    const { port } = await told<{ port: number }>();
    const metric = async (name: string) => {
      const { text } = await exchange(port, { method: 'GET', path: '/metrics' });
      const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    };
    const HELD = ['rsvg_viewers', 'rsvg_watched_sessions', 'process_open_fds'];
    const held = () => Promise.all(HELD.map(metric));
    await startThreads(port, () => metric('process_open_fds'));
    const before = await held();

    const stop = new AbortController();
    const loading = load(port, stop.signal);
    const samples: Sample[] = [];
    const begun = performance.now();
    for (let at = 1; at <= SAMPLES; at += 1) {
      await after(begun + (at * seconds * 1000) / SAMPLES - performance.now());
      const answer = told<Omit<Sample, 'seconds'>>();
      child.send('measure');
      samples.push({ seconds: (performance.now() - begun) / 1000, ...(await answer) });
    }
    stop.abort();
    const tally = await loading;

    const deadline = performance.now() + LET_GO_WITHIN_MS;
    let now = await held();
    const tooMuch = () => HELD.flatMap((name, at) => ((now[at] ?? 0) > (before[at] ?? 0) ? `${name} ${now[at]}` : []));
    for (; tooMuch().length > 0 && performance.now() < deadline; now = await held()) await after(100);

    const warm = samples.slice(Math.floor(SAMPLES * WARM_UP));
    const third = Math.floor(warm.length / 3);
    return {
      tally,
      delivered: await metric('rsvg_frames_delivered_total'),
      skipped: await metric('rsvg_frames_skipped_total'),
      samples,
      slopeKbPerMinute: (slope(warm) * 60) / 1024,
      heapRatio: medianHeap(warm.slice(-third)) / medianHeap(warm.slice(0, third)),
      leaks: tooMuch(),
    };
  } finally {
    child.kill('SIGKILL');
  }
}

/** Threads for templates start with the first that needs one, and stay: with them their descriptors. */
async function startThreads(port: number, descriptors: () => Promise<number>): Promise<void> {
  const template = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>${'x'.repeat(5000)}</desc></svg>`;
  const body = JSON.stringify({ session_id: 'threads', template, expire: '1s' });
  const headers = { 'content-type': 'application/json' };
  const { status } = await exchange(port, { method: 'POST', path: '/api/session', headers, body });
  if (status !== 201) throw new Error(`the first session of the soak: ${status}`);
  for (let [last, same] = [0, 0]; same < 20; await after(100)) {
    const now = await descriptors();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

/** Bytes per second. */
function slope(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
  const [t, heap] = [mean(({ seconds }) => seconds), mean(({ heapUsed }) => heapUsed)];
  const above = mean(({ seconds, heapUsed }) => (seconds - t) * (heapUsed - heap));
  return above / mean(({ seconds }) => (seconds - t) ** 2);
}

function medianHeap(samples: readonly Sample[]): number {
  return samples.map(({ heapUsed }) => heapUsed).sort((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}
