import type { Cell } from './cell.ts';
import { startLoad } from './load/start-load.ts';
import { processUse } from './process-use.ts';
import { figure } from './report.ts';
import { createSessions, sessionNames, startOurs } from './servers/ours.ts';
import type { Served } from './servers/served.ts';
import { multipartViewing } from './servers/viewings.ts';

const VIEWERS = 10_000;
const TIMES = 5;
const SECONDS = 5;
const SESSION = sessionNames(1);
/** Of what the server held after the first crowd had left. */
const MOST_GROWTH = 1.2;
const MOST_DELAY_MS = 100;
const POLL_MS = 200;

interface Crowd {
  readonly lost: number;
  readonly behind: number;
  readonly p99: number;
  readonly delayP99: number;
  readonly peakMegabytes: number;
  readonly leftMegabytes: number;
}

/** Ten thousand come, watch a picture that changes each second, and leave; five times over in one process. */
export const crowdCell: Cell = {
  name: 'crowd',
  async run({ progress }) {
    const served = await startOurs(multipartViewing);
    const crowds: Crowd[] = [];
    try {
      await createSessions(served, SESSION);
      for (let time = 1; time <= TIMES; time += 1) {
        progress(`crowd ${time} of ${TIMES}`);
        crowds.push(await crowd(served));
      }
    } finally {
      await served.stop();
    }
    const most = (what: keyof Crowd) => Math.max(...crowds.map((each) => each[what]));
    const growth = (crowds.at(-1)?.leftMegabytes ?? Number.NaN) / (crowds[0]?.leftMegabytes ?? Number.NaN);
    return [
      {
        title: `A crowd: ${VIEWERS.toLocaleString('en')} viewers of one picture, 2 KB, one update/s, five times over`,
        columns: ['crowd', 'viewers lost', 'p99 ms', 'event loop p99 ms', 'MB with them', 'MB after they left'],
        rows: crowds.map((each, at) => [
          String(at + 1),
          String(each.lost),
          figure(each.p99),
          figure(each.delayP99),
          figure(each.peakMegabytes),
          figure(each.leftMegabytes),
        ]),
        chart: null,
        targets: [
          {
            what: 'nobody is dropped, everybody has the last picture',
            measured: `${most('lost')} lost, ${most('behind')} without`,
            met: most('lost') + most('behind') === 0,
          },
          {
            what: `event loop's delay: p99 below ${MOST_DELAY_MS} ms`,
            measured: `${figure(most('delayP99'))} ms`,
            met: most('delayP99') < MOST_DELAY_MS,
          },
          {
            what: 'memory after the last crowd within 20 % of that after the first',
            measured: `${figure(growth)} ×`,
            met: growth <= MOST_GROWTH,
          },
        ],
      },
    ];
  },
};

async function crowd(served: Served): Promise<Crowd> {
  const load = startLoad();
  try {
    await load.open(served, VIEWERS, SESSION);
    // The delay is counted anew from each look at it: connecting is not what is measured.
    await eventLoopP99(served);
    const seen = await load.run({ bytes: 2048, pace: 1, seconds: SECONDS });
    const delayP99 = await eventLoopP99(served);
    const peak = processUse(served.pids).rssBytes;
    load.stop();
    await allGone(served);
    return {
      lost: seen.lost,
      behind: seen.behind,
      p99: seen.p99Micros / 1000,
      delayP99,
      peakMegabytes: peak / 2 ** 20,
      leftMegabytes: processUse(served.pids).rssBytes / 2 ** 20,
    };
  } finally {
    load.stop();
  }
}

/** Milliseconds. */
async function eventLoopP99(served: Served): Promise<number> {
  return 1000 * (await metric(served, 'rsvg_event_loop_delay_seconds{quantile="0.99"}'));
}

async function allGone(served: Served): Promise<void> {
  while ((await metric(served, 'rsvg_viewers{transport="multipart"}')) > 0) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function metric({ port }: Served, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  if (line === undefined) throw new Error(`/metrics does not tell ${name}`);
  return Number(line.slice(name.length + 1));
}
