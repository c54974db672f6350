import { connect, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import type { Cell } from './cell.ts';
import { startLoad } from './load/start-load.ts';
import { processUse } from './process-use.ts';
import { figure, spread } from './report.ts';
import { summarise, turns } from './rounds.ts';
import { createSessions, sessionNames, startOurs } from './servers/ours.ts';
import { getRequest, type Served } from './servers/served.ts';
import { multipartViewing } from './servers/viewings.ts';

const VIEWERS = 999;
const BYTES = 20 * 1024;
const PACE = 20;
/** One holds less than can be told from the noise. */
const HELD_BY = 50;
const SECONDS = 3;
const SESSION = sessionNames(1);

interface Seen {
  readonly p99: number;
  readonly rss: number;
}

/** Viewers who ask and then read nothing, beside those who do. */
export const stalledCell: Cell = {
  name: 'stalled',
  async run(effort) {
    const seen = new Map<number, Seen[]>([0, 1, HELD_BY].map((stalled) => [stalled, []]));
    const cases = [...seen].map(([stalled, list]) => ({ name: `${stalled} stalled`, stalled, list }));
    for (const { stalled, list } of turns(cases, effort)) list.push(await measure(stalled));
    const p99 = (stalled: number) => summarise((seen.get(stalled) ?? []).map((each) => each.p99));
    const rss = (stalled: number) => summarise((seen.get(stalled) ?? []).map((each) => each.rss / 2 ** 20));
    const times = p99(1).median / p99(0).median;
    const held = (rss(HELD_BY).median - rss(0).median) / HELD_BY;
    return [
      {
        title: `Stalled viewers beside ${VIEWERS} others, ${BYTES / 1024} KB, ${PACE} updates/s`,
        columns: ['stalled', "the others' p99 ms", 'MB resident at the end'],
        rows: [...seen.keys()].map((stalled) => [String(stalled), spread(p99(stalled)), spread(rss(stalled))]),
        chart: null,
        targets: [
          {
            what: "one stalled viewer: the others' p99 within 10 % of the run without it",
            measured: `${times.toFixed(2)} ×`,
            met: times <= 1.1,
          },
          { what: 'at most 1 MB held for each', measured: `${figure(held)} MB`, met: held <= 1 },
        ],
      },
    ];
  },
};

async function measure(stalled: number): Promise<Seen> {
  const served = await startOurs(multipartViewing);
  const load = startLoad();
  let idle: readonly Socket[] = [];
  try {
    await createSessions(served, SESSION);
    await load.open(served, VIEWERS, SESSION);
    idle = await Promise.all(Array.from({ length: stalled }, () => stall(served)));
    const { p99Micros } = await load.run({ bytes: BYTES, pace: PACE, seconds: SECONDS });
    return { p99: p99Micros / 1000, rss: processUse(served.pids).rssBytes };
  } finally {
    for (const socket of idle) socket.destroy();
    load.stop();
    await served.stop();
  }
}

/** It has the beginning of the answer and reads no further. */
async function stall({ port }: Served): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once('readable', resolve);
    socket.write(getRequest(`/stream/${SESSION[0]}?fps=120`));
  });
  // Nobody calls `read`: what has come stays in the system's buffers.
  await after(0);
  return socket;
}
