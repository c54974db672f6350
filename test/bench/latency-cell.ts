import { redisAvailable, startRedisServer } from '../harness/redis-server.ts';
import type { Cell } from './cell.ts';
import { fanOut } from './fan-out.ts';
import { figure, spread } from './report.ts';
import { summarise } from './rounds.ts';
import { floor } from './servers/node-peers.ts';
import { ours, oursOverMultipart, startOurs } from './servers/ours.ts';
import type { Contender } from './servers/served.ts';
import { multipartViewing } from './servers/viewings.ts';

/** Of the median, milliseconds. */
const LIMITS = new Map([
  ['realtime-svg, embedded', 0.2],
  ['realtime-svg, Redis', 1],
]);
const [EMBEDDED = '', REDIS = ''] = LIMITS.keys();

const onRedis: Contender = {
  ...ours(REDIS, multipartViewing),
  async start() {
    if (!redisAvailable) return null;
    const redis = await startRedisServer();
    const served = await startOurs(multipartViewing, ['--redis-url', redis.url]);
    return {
      ...served,
      async stop() {
        await served.stop();
        await redis.dispose();
      },
    };
  },
};

/** One viewer of one session: from the client's sending of the update, over its own two ways of loopback, to the frame. */
export const latencyCell: Cell = {
  name: 'latency',
  async run(effort) {
    const contenders = [floor, { ...oursOverMultipart, name: EMBEDDED }, onRedis];
    const phases = [{ bytes: 2048, pace: 100 }];
    const { samples, absent } = await fanOut({ ...effort, contenders, phases, viewers: 1 });
    const of = (name: string, what: 'p50Micros' | 'p99Micros') =>
      summarise(samples.filter(({ contender }) => contender === name).map((sample) => sample[what] / 1000));
    const seen = contenders.map(({ name }) => name).filter((name) => !absent.includes(name));
    const own = of(floor.name, 'p50Micros').median;
    return [
      {
        title: 'One viewer, 2 KB, 100 updates/s: from sending the update to the arrival of its frame',
        columns: ['server', 'p50 ms', 'p99 ms', 'p50 ms more than the floor'],
        rows: [
          ...seen.map((name) => {
            const p50 = of(name, 'p50Micros');
            return [name, spread(p50), spread(of(name, 'p99Micros')), figure(p50.median - own)];
          }),
          ...absent.map((name) => [name, 'not installed']),
        ],
        chart: null,
        targets: [...LIMITS]
          .filter(([name]) => seen.includes(name))
          .map(([name, limit]) => {
            const more = of(name, 'p50Micros').median - own;
            return {
              what: `${name}: p50 at most ${limit} ms more than the floor, whose way it is too`,
              measured: `${figure(more)} ms`,
              met: more <= limit,
            };
          }),
      },
    ];
  },
};
