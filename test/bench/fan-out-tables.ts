import type { FanOut, Phase } from './fan-out.ts';
import { figure, spread, type Table } from './report.ts';
import { summarise } from './rounds.ts';

/** Above, the load itself was what could do no more. */
const BUSY = 0.9;

const count = (viewers: number) => viewers.toLocaleString('en', { useGrouping: 'min2' });

export function titleOf({ bytes, pace }: Phase, viewers: number): string {
  const often = typeof pace === 'number' ? `${pace} updates/s` : 'as fast as it goes';
  return `Fan-out: ${count(viewers)} viewers, ${bytes / 1024} KB, ${often}`;
}

export function memoryTable(seen: FanOut, viewers: number): Table {
  return {
    title: `Memory: ${count(viewers)} viewers who have nothing to see`,
    columns: ['server', 'KB resident per viewer', 'MB resident'],
    rows: namesOf(seen).map((name) => {
      const idle = seen.idle.filter(({ contender }) => contender === name);
      const megabytes = summarise(idle.map(({ rssBytes }) => rssBytes / 2 ** 20)).median;
      return [name, spread(summarise(idle.map(({ bytesPerViewer }) => bytesPerViewer / 1024))), figure(megabytes)];
    }),
    targets: [],
    chart: null,
  };
}

function namesOf({ idle }: FanOut): readonly string[] {
  return [...new Set(idle.map(({ contender }) => contender))];
}

export function phaseTable(seen: FanOut, phase: Phase, viewers: number): Table {
  const { pace } = phase;
  const paced = typeof pace === 'number';
  const rows = namesOf(seen).map((name) => {
    const rounds = seen.samples.filter((sample) => sample.contender === name && sample.phase === phase);
    if (rounds.length === 0) return [name, 'left out: still busy with less'];
    const median = (pick: (sample: (typeof rounds)[number]) => number) => summarise(rounds.map(pick)).median;
    const busy = Math.max(...rounds.map((sample) => sample.busy));
    const lost = Math.max(...rounds.map((sample) => sample.lost));
    return [
      name,
      spread(summarise(rounds.map(({ microsPerFrame }) => microsPerFrame))),
      figure(median(({ framesPerSecond }) => framesPerSecond)),
      ...(paced ? [figure(median((sample) => (100 * sample.framesPerSecond) / (pace * viewers)))] : []),
      figure(median(({ p50Micros }) => p50Micros / 1000)),
      figure(median(({ p99Micros }) => p99Micros / 1000)),
      `${Math.round(busy * 100)} %${busy > BUSY ? ' (full: frames/s is a lower bound)' : ''}`,
      String(lost),
    ];
  });
  return {
    title: titleOf(phase, viewers),
    columns: [
      'server',
      'CPU µs per frame',
      'frames/s',
      ...(paced ? ['% of frames'] : []),
      'p50 ms',
      'p99 ms',
      'load',
      'viewers lost',
    ],
    rows: [...rows, ...seen.absent.map((name) => [name, 'not installed'])],
    targets: [],
    chart: null,
  };
}
