import type { Cell } from './cell.ts';
import { fanOut } from './fan-out.ts';
import { figure, spread } from './report.ts';
import { summarise } from './rounds.ts';
import { ours } from './servers/ours.ts';
import { multipartAt } from './servers/viewings.ts';

const PACE = 100;
const VIEWERS = 1000;
const SECONDS = 5;

/** A session that changes a hundred times a second, and viewers who want all of it. */
export const tickerCell: Cell = {
  name: 'ticker',
  async run(effort) {
    const { samples } = await fanOut({
      ...effort,
      seconds: SECONDS,
      contenders: [ours('realtime-svg, multipart', multipartAt(PACE))],
      phases: [{ bytes: 1024, pace: PACE }],
      viewers: VIEWERS,
    });
    const accepted = summarise(samples.map(({ updates, seconds }) => updates / seconds));
    const behind = summarise(samples.map((sample) => sample.behind));
    const shown = summarise(samples.map(({ frames, updates }) => (100 * frames) / (updates * VIEWERS)));
    return [
      {
        title: `A ticker: ${PACE} updates/s of one session, ${VIEWERS} viewers with fps=${PACE}, 1 KB`,
        columns: [
          'accepted/s',
          '% of frames shown',
          'p50 ms',
          'p99 ms',
          'CPU µs per frame',
          'viewers without the last',
        ],
        rows: [
          [
            spread(accepted),
            spread(shown),
            spread(summarise(samples.map(({ p50Micros }) => p50Micros / 1000))),
            spread(summarise(samples.map(({ p99Micros }) => p99Micros / 1000))),
            figure(summarise(samples.map(({ microsPerFrame }) => microsPerFrame)).median),
            spread(behind),
          ],
        ],
        chart: null,
        targets: [
          {
            what: `${PACE}.0 ± 0.5 updates/s accepted`,
            measured: `${accepted.median.toFixed(1)}/s`,
            met: Math.abs(accepted.median - PACE) <= 0.5,
          },
          {
            what: 'after the last write every viewer has its picture',
            measured: `${behind.max} without it`,
            met: behind.max === 0,
          },
        ],
      },
    ];
  },
};
