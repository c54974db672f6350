// `npm run bench [-- --only <cell>] [--full] [--write]`: the build beside its peers, side by side in one run.
import { parseArgs } from 'node:util';
import { builtServer } from './built.ts';
import type { Cell } from './cell.ts';
import { crowdCell } from './crowd-cell.ts';
import { deltasCell } from './deltas/cell.ts';
import { fanOutCell } from './fan-out-cell.ts';
import { isolationCell } from './isolation-cell.ts';
import { latencyCell } from './latency-cell.ts';
import { machine } from './machine.ts';
import { promisesCell } from './promises-cell.ts';
import { asText, type Table } from './report.ts';
import { sessionsCell } from './sessions-cell.ts';
import { stalledCell } from './stalled-cell.ts';
import { templates } from './templates/cell.ts';
import { tickerCell } from './ticker-cell.ts';
import { tokensCell } from './tokens-cell.ts';
import { updatesCell } from './updates-cell.ts';
import { writeReport } from './write-report.ts';

const CELLS: readonly Cell[] = [
  ...[templates, isolationCell, fanOutCell, sessionsCell, updatesCell, latencyCell, tickerCell, stalledCell, crowdCell],
  ...[deltasCell, promisesCell, tokensCell],
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    full: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1.5' },
  },
});
const unknown = values.only?.filter((name) => CELLS.every((cell) => cell.name !== name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no cell ${unknown.join(', ')}; there are ${CELLS.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
// Once, before several processes would do it.
await builtServer();
const where = machine();
console.log(`${where}\n`);
const tables: Table[] = [];
for (const cell of CELLS.filter(({ name }) => values.only?.includes(name) ?? true)) {
  const effort = { rounds: Number(values.rounds), seconds: Number(values.seconds), full: values.full };
  const seen = await cell.run(effort);
  for (const table of seen) console.log(asText(table));
  tables.push(...seen);
}
if (values.write)
  await writeReport(tables, { where, command: ['npm run bench --', ...process.argv.slice(2)].join(' ') });
