import type { Cell } from './cell.ts';
import type { Chart } from './chart.ts';
import { type FanOut, fanOut, type Phase, type Sample } from './fan-out.ts';
import { fanOutTargets, idleTargets } from './fan-out-targets.ts';
import { figure, spread, type Table } from './report.ts';
import { summarise } from './rounds.ts';
import { nchan } from './servers/nchan.ts';
import { chunkedHttp, floor, yoga } from './servers/node-peers.ts';
import { oursOverMultipart, oursOverSse, oursOverWebSocket } from './servers/ours.ts';
import type { Contender } from './servers/served.ts';

const CONTENDERS: readonly Contender[] = [
  floor,
  chunkedHttp,
  nchan,
  yoga,
  oursOverMultipart,
  oursOverSse,
  oursOverWebSocket,
];

const OURS = CONTENDERS.filter(({ ours }) => ours).map(({ name }) => name);

const PHASES: readonly Phase[] = [
  { bytes: 2048, pace: 20 },
  { bytes: 1024, pace: 'flat out' },
  // Last: who cannot keep up needs long to send what has gathered.
  { bytes: 1024, pace: 50 },
];
const ALL_PHASES = [1, 2, 20].flatMap((kilobytes) => [1, 20, 100].map((pace) => ({ bytes: kilobytes * 1024, pace })));

/** Above, the load itself was what could do no more. */
const BUSY = 0.9;

export const fanOutCell: Cell = {
  name: 'fan-out',
  async run(effort) {
    const { full } = effort;
    const tables: Table[] = [];
    for (const viewers of full ? [1, 100, 1000, 10_000] : [1000]) {
      const phases = full ? [...ALL_PHASES, ...PHASES.filter(({ pace }) => pace === 'flat out')] : PHASES;
      tables.push(...fanOutTables(await fanOut({ ...effort, contenders: CONTENDERS, phases, viewers }), viewers));
    }
    return tables;
  },
};

/** One table per phase, and one of the memory. */
function fanOutTables(seen: FanOut, viewers: number): readonly Table[] {
  const names = [...new Set(seen.idle.map(({ contender }) => contender))];
  const phases = [...new Set(seen.samples.map(({ phase }) => phase))];
  const absent = seen.absent.map((name) => [name, 'not installed']);
  const memory: Table = {
    title: `Memory: ${viewers} viewers who have nothing to see`,
    columns: ['server', 'KB resident per viewer', 'MB resident'],
    rows: names.map((name) => {
      const idle = seen.idle.filter(({ contender }) => contender === name);
      const megabytes = summarise(idle.map(({ rssBytes }) => rssBytes / 2 ** 20)).median;
      return [name, spread(summarise(idle.map(({ bytesPerViewer }) => bytesPerViewer / 1024))), figure(megabytes)];
    }),
    targets: viewers === 1000 ? idleTargets(seen) : [],
    chart: null,
  };
  return [...phases.map((phase) => phaseTable(seen, phase, viewers, names, absent)), memory];
}

function phaseTable(
  { samples }: FanOut,
  phase: Phase,
  viewers: number,
  names: readonly string[],
  absent: readonly (readonly string[])[],
): Table {
  const of = (name: string) => samples.filter((sample) => sample.contender === name && sample.phase === phase);
  const pace = phase.pace === 'flat out' ? 'as fast as it goes' : `${phase.pace} updates/s`;
  const title = `Fan-out: ${viewers} viewers, ${phase.bytes / 1024} KB, ${pace}`;
  const rows = names.map((name) => {
    const rounds = of(name);
    const median = (pick: (sample: (typeof rounds)[number]) => number) => summarise(rounds.map(pick)).median;
    const busy = Math.max(...rounds.map((sample) => sample.busy));
    const lost = Math.max(...rounds.map((sample) => sample.lost));
    return [
      name,
      spread(summarise(rounds.map(({ microsPerFrame }) => microsPerFrame))),
      figure(median(({ framesPerSecond }) => framesPerSecond)),
      figure(median(({ p50Micros }) => p50Micros / 1000)),
      figure(median(({ p99Micros }) => p99Micros / 1000)),
      `${Math.round(busy * 100)} %${busy > BUSY ? ' (full: frames/s is a lower bound)' : ''}`,
      String(lost),
    ];
  });
  return {
    title,
    columns: ['server', 'CPU µs per frame', 'frames/s', 'p50 ms', 'p99 ms', 'load', 'viewers lost'],
    rows: [...rows, ...absent],
    targets: viewers === 1000 ? fanOutTargets(samples, phase) : [],
    chart: viewers === 1000 ? chartOf(samples, phase, names, title) : null,
  };
}

/** What the phase is for: how much goes through, or what each frame costs. */
function chartOf(samples: readonly Sample[], { bytes, pace }: Phase, names: readonly string[], title: string): Chart {
  const isFlatOut = pace === 'flat out';
  return {
    file: `fan-out-${bytes / 1024}-kb-${isFlatOut ? 'flat-out' : pace}.svg`,
    title,
    unit: isFlatOut ? 'frames/s: more is better' : 'CPU µs per frame: less is better',
    bars: names.map((name) => {
      const rounds = samples.filter(
        ({ contender, phase }) => contender === name && phase.bytes === bytes && phase.pace === pace,
      );
      const values = rounds.map((sample) => (isFlatOut ? sample.framesPerSecond : sample.microsPerFrame));
      return { label: name, value: summarise(values).median, ours: OURS.includes(name) };
    }),
  };
}
