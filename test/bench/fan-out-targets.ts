import type { FanOut, Phase, Sample } from './fan-out.ts';
import { figure, type Target } from './report.ts';
import { summarise } from './rounds.ts';
import { nchan } from './servers/nchan.ts';
import { chunkedHttp, floor } from './servers/node-peers.ts';
import { oursOverMultipart, oursOverSse, oursOverWebSocket } from './servers/ours.ts';

type Pick = (sample: Sample) => number;

const MULTIPART = oursOverMultipart.name;
const GRAPHQL = [oursOverSse.name, oursOverWebSocket.name];
const micros: Pick = ({ microsPerFrame }) => microsPerFrame;
const frames: Pick = ({ framesPerSecond }) => framesPerSecond;
const p99: Pick = ({ p99Micros }) => p99Micros / 1000;

/** What 1000 viewers are promised. A peer that is not there is none to be compared with. */
export function fanOutTargets(samples: readonly Sample[], phase: Phase): readonly Target[] {
  const median = (name: string, pick: Pick) =>
    summarise(samples.filter((sample) => sample.contender === name && sample.phase === phase).map(pick)).median;
  const ratio = (name: string, peer: string, pick: Pick, limit: number, kind: 'at most' | 'at least'): Target[] => {
    const measured = median(name, pick) / median(peer, pick);
    if (Number.isNaN(measured)) return [];
    const what = `${name}: ${pick === p99 ? 'p99' : pick === micros ? 'CPU' : 'frames/s'} ${kind} ${limit} × ${peer}`;
    return [
      { what, measured: `${figure(measured)} ×`, met: kind === 'at most' ? measured <= limit : measured >= limit },
    ];
  };
  if (phase.pace === 'flat out') {
    return [
      ...ratio(MULTIPART, floor.name, frames, 0.8, 'at least'),
      ...ratio(MULTIPART, nchan.name, frames, 1.4, 'at least'),
      ...ratio(MULTIPART, chunkedHttp.name, frames, 2.3, 'at least'),
      ...GRAPHQL.map((name) => {
        const perSecond = median(name, frames);
        return { what: `${name}: at least 60,000 frames/s`, measured: figure(perSecond), met: perSecond >= 60_000 };
      }),
    ];
  }
  if (phase.pace === 50) {
    const millis = median(MULTIPART, p99);
    return [
      { what: `${MULTIPART}: p99 below 20 ms`, measured: `${figure(millis)} ms`, met: millis < 20 },
      ...ratio(MULTIPART, nchan.name, p99, 0.5, 'at most'),
    ];
  }
  if (phase.bytes !== 2048 || phase.pace !== 20) return [];
  return [
    ...ratio(MULTIPART, floor.name, micros, 1.2, 'at most'),
    ...ratio(MULTIPART, nchan.name, micros, 0.8, 'at most'),
    ...GRAPHQL.flatMap((name) => ratio(name, floor.name, micros, 2, 'at most')),
  ];
}

export function idleTargets({ idle }: FanOut): readonly Target[] {
  const kilobytes = (name: string) =>
    summarise(idle.filter(({ contender }) => contender === name).map(({ bytesPerViewer }) => bytesPerViewer / 1024))
      .median;
  return [MULTIPART, ...GRAPHQL].map((name) => {
    const [limit, measured] = [name === MULTIPART ? 13 : 16, kilobytes(name)];
    return {
      what: `${name}: at most ${limit} KB per viewer`,
      measured: `${figure(measured)} KB`,
      met: measured <= limit,
    };
  });
}
