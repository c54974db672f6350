// `npm run bench [-- --only <comparison>] [--all] [--full] [--write]`: the build beside its peers, side by side in one run.
import { parseArgs } from 'node:util';
import { builtServer } from './built.ts';
import type { Cell } from './cell.ts';
import { crowdCell } from './crowd-cell.ts';
import { deltasCell } from './deltas/cell.ts';
import { delaysCell, fanOutCell } from './fan-out-cell.ts';
import { isolationCell } from './isolation-cell.ts';
import { latencyCell } from './latency-cell.ts';
import { machine } from './machine.ts';
import { matrixCells } from './matrix-cells.ts';
import { promisesCell } from './promises-cell.ts';
import { asText } from './report.ts';
import { sessionsCell } from './sessions-cell.ts';
import { stalledCell } from './stalled-cell.ts';
import { templates } from './templates/cell.ts';
import { tickerCell } from './ticker-cell.ts';
import { tokensCell } from './tokens-cell.ts';
import { updatesCell } from './updates-cell.ts';
import { writeReport } from './write-report.ts';

/** What is measured when nothing is asked for: all of it while one waits. */
const MAIN: readonly Cell[] = [fanOutCell, updatesCell, promisesCell];
const ALL: readonly Cell[] = [
  ...MAIN,
  ...[tokensCell, sessionsCell, latencyCell, delaysCell, tickerCell, stalledCell, crowdCell, deltasCell],
  ...[isolationCell, templates],
];
const FULL: readonly Cell[] = [...ALL, ...matrixCells];
const NAMES = FULL.map(({ name }) => name);

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1.5' },
  },
});
const unknown = values.only?.filter((name) => !NAMES.includes(name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no comparison ${unknown.join(', ')}; there are ${NAMES.join(', ')}.`);
  process.exit(1);
}
const only = FULL.filter(({ name }) => values.only?.includes(name));
const set = values.full ? FULL : values.all ? ALL : MAIN;
// Once, before several processes would do it.
await builtServer();
console.log(`${machine()}\n`);
const begun = performance.now();
for (const { name, run } of only.length > 0 ? only : set) {
  const progress = (what: string) => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.error(`${String(seconds).padStart(5)} s  ${name}: ${what}`);
  };
  progress('begins');
  // Before it: its own load is no disturbance.
  const where = machine();
  const tables = await run({ rounds: Number(values.rounds), seconds: Number(values.seconds), progress });
  for (const table of tables) console.log(asText(table));
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const measured = { cell: name, at: new Date().toISOString(), where, command, tables };
  // Each when it is measured: a run that is cut off keeps what it has.
  if (values.write) await writeReport(measured, NAMES);
}
