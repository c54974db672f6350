import type { Cell } from './cell.ts';
import { fanOut, type Phase } from './fan-out.ts';
import { memoryTable, phaseTable } from './fan-out-tables.ts';
import { CONTENDERS } from './servers/contenders.ts';

/** From the lightest to the heaviest: who does not come to rest after one has no use for the next. */
const PHASES: readonly Phase[] = [1, 2, 20]
  .flatMap((kilobytes) => [1, 20, 100].map((pace) => ({ bytes: kilobytes * 1024, pace })))
  .sort((one, other) => one.bytes * one.pace - other.bytes * other.pace);

/** Sizes × viewers × paces, one comparison for each number of viewers: an overview, and in three rounds longer than all else. */
export const matrixCells: readonly Cell[] = [1, 100, 1000, 10_000].map((viewers) => ({
  name: `matrix-${viewers}`,
  async run(effort) {
    const seen = await fanOut({ ...effort, rounds: 1, contenders: CONTENDERS, phases: PHASES, viewers });
    return [...PHASES.map((phase) => phaseTable(seen, phase, viewers)), memoryTable(seen, viewers)];
  },
}));
