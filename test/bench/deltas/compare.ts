// The gallery's dashboards as they are sent to an `<img>`, by the build, in a process of its own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtEngine, builtServer } from '../built.ts';
import { figure, spread, type Table } from '../report.ts';
import { inTurns, summarise } from '../rounds.ts';
import { type Dashboard, dashboards } from './dashboards.ts';

const TARGET_TIMES = 4;
const TARGET_MICROS = 250;

const streams = (module: string) => pathToFileURL(join(builtServerPath, '../streams', module)).href;
const builtServerPath = await builtServer();
const { createDeltas }: typeof import('../../../src/streams/deltas.ts') = await import(streams('deltas.js'));
const { createTimeShare }: typeof import('../../../src/streams/time-share.ts') = await import(streams('time-share.js'));
const { MULTIPART }: typeof import('../../../src/streams/multipart.ts') = await import(streams('multipart.js'));
const { createEngine } = await builtEngine();
const engine = createEngine({ maxFrameBytes: 2_097_152, maxSteps: 100_000 });

/** What is sent of it, frame by frame. */
function sentOf({ template, args }: Dashboard): readonly Buffer[] {
  const about = { sessionId: { owner: null, name: 'x' }, epoch: 'e', renderedAt: 0 };
  return args.map((each, version) => MULTIPART.next({ ...about, version, svg: engine.render(template, each).svg }));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const pieces = () => createDeltas(createTimeShare(1, () => 0));

function sizesOf(sent: readonly Buffer[]) {
  const made = sent.map(pieces().pieceOf);
  return {
    plain: mean(made.slice(1).map(({ bytes }) => bytes.length)),
    delta: mean(made.slice(1).map((piece, at) => piece.blocksAfter(made[at] ?? null).length)),
    whole: mean(sent.slice(1).map((bytes) => pieces().pieceOf(bytes).blocksAfter(null).length)),
  };
}

/** One frame after the other: its checksum and its delta, in a Buffer that is new each time. */
function framesOf(sent: readonly Buffer[]): (time: number) => void {
  const { pieceOf } = pieces();
  let last = pieceOf(Buffer.from(sent[0] ?? ''));
  return (time) => {
    const piece = pieceOf(Buffer.from(sent[time % sent.length] ?? ''));
    piece.blocksAfter(last);
    last = piece;
  };
}

const sent = new Map(dashboards.map((dashboard) => [dashboard.id, sentOf(dashboard)]));
const micros = inTurns(new Map([...sent].map(([id, frames]) => [id, framesOf(frames)])), { rounds: 5, sliceMs: 30 });
const rows = [...sent].map(([id, frames]) => ({ id, ...sizesOf(frames), micros: micros.get(id) ?? summarise([]) }));
const least = Math.min(...rows.map(({ plain, delta }) => plain / delta));
const dearest = Math.max(...rows.map((row) => row.micros.median));
const all = {
  plain: mean(rows.map(({ plain }) => plain)),
  whole: mean(rows.map(({ whole }) => whole)),
  delta: mean(rows.map(({ delta }) => delta)),
};

const table: Table = {
  title: 'Deltas: the gallery’s dashboards in an `<img>`, one update after the other',
  columns: [
    'template',
    'bytes of a frame',
    'whole, gzipped',
    'delta',
    'times fewer',
    'CPU µs per frame, for all viewers',
  ],
  rows: [
    ...rows.map(({ id, plain, whole, delta, micros: time }) => [
      ...[id, figure(plain), figure(whole), figure(delta), figure(plain / delta), spread(time)],
    ]),
    [
      ...['mean', figure(all.plain), figure(all.whole), figure(all.delta), figure(all.plain / all.delta)],
      figure(mean(rows.map((row) => row.micros.median))),
    ],
  ],
  chart: {
    file: 'deltas.svg',
    title: 'Bytes of an update, the mean of the gallery’s dashboards',
    unit: 'bytes: less is better',
    bars: [
      { label: 'plain', value: all.plain, ours: false },
      { label: 'gzipped', value: all.whole, ours: false },
      { label: 'delta', value: all.delta, ours: true },
    ],
  },
  targets: [
    {
      what: `every dashboard in a ${TARGET_TIMES}th of the bytes`,
      measured: `1/${figure(least)}`,
      met: least >= TARGET_TIMES,
    },
    { what: `${TARGET_MICROS} µs per frame at most`, measured: `${figure(dearest)} µs`, met: dearest <= TARGET_MICROS },
  ],
};
process.send?.([table]);
