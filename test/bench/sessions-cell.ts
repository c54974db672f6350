import type { Cell } from './cell.ts';
import { fanOut, type Sample } from './fan-out.ts';
import { figure, spread } from './report.ts';
import { summarise } from './rounds.ts';
import { yoga } from './servers/node-peers.ts';
import { oursOverMultipart, oursOverSse, oursOverWebSocket } from './servers/ours.ts';

const SESSIONS = 1000;
const OURS = [oursOverMultipart, oursOverSse, oursOverWebSocket];

/** As many sessions as viewers: what is shared between viewers helps nobody here. */
export const sessionsCell: Cell = {
  name: 'sessions',
  async run(effort) {
    const { samples, idle } = await fanOut({
      ...effort,
      contenders: [yoga, ...OURS],
      phases: [{ bytes: 1024, pace: 'every connection' }],
      viewers: SESSIONS,
      sessions: SESSIONS,
    });
    const values = (name: string, pick: (sample: Sample) => number) =>
      summarise(samples.filter(({ contender }) => contender === name).map(pick));
    const micros = (name: string) => values(name, ({ microsPerUpdate }) => microsPerUpdate);
    return [
      {
        title: `Many sessions: ${SESSIONS} with one viewer each, 1 KB, updated by 32 connections as fast as it goes`,
        columns: ['server', 'CPU µs per update', 'updates/s', 'p50 ms', 'p99 ms', 'KB resident per viewer'],
        rows: [yoga, ...OURS].map(({ name }) => [
          name,
          spread(micros(name)),
          figure(values(name, ({ updates, seconds: time }) => updates / time).median),
          figure(values(name, ({ p50Micros }) => p50Micros / 1000).median),
          figure(values(name, ({ p99Micros }) => p99Micros / 1000).median),
          figure(
            summarise(idle.filter((each) => each.contender === name).map((each) => each.bytesPerViewer / 1024)).median,
          ),
        ]),
        chart: {
          file: 'sessions.svg',
          title: `${SESSIONS} sessions with one viewer each`,
          unit: 'CPU µs per update: less is better',
          bars: [yoga, ...OURS].map(({ name, ours }) => ({ label: name, value: micros(name).median, ours })),
        },
        targets: OURS.map(({ name }) => {
          const times = micros(yoga.name).median / micros(name).median;
          return {
            what: `${name}: a third of the CPU of ${yoga.name}, or less`,
            measured: `1/${figure(times)}`,
            met: times >= 3,
          };
        }),
      },
    ];
  },
};
