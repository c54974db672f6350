import type { Cell, Effort } from './cell.ts';
import type { Chart } from './chart.ts';
import { type FanOut, fanOut, type Phase } from './fan-out.ts';
import { memoryTable, phaseTable, titleOf } from './fan-out-tables.ts';
import { fanOutTargets, idleTargets } from './fan-out-targets.ts';
import type { Table } from './report.ts';
import { summarise } from './rounds.ts';
import { CONTENDERS } from './servers/contenders.ts';

const VIEWERS = 1000;
const PHASES: readonly Phase[] = [
  { bytes: 1024, pace: 'flat out' },
  // Last: who cannot keep up needs long to send what has gathered.
  { bytes: 2048, pace: 20 },
];
const DELAYS: readonly Phase[] = [{ bytes: 1024, pace: 50 }];

/** How much goes through, what a frame costs, and what a viewer. */
export const fanOutCell: Cell = {
  name: 'fan-out',
  async run(effort) {
    const seen = await seenIn(PHASES, effort);
    return [...tablesOf(seen, PHASES), { ...memoryTable(seen, VIEWERS), targets: idleTargets(seen) }];
  },
};

/** How late frames come where much goes through, but less than could. */
export const delaysCell: Cell = {
  name: 'delays',
  run: async (effort) => tablesOf(await seenIn(DELAYS, effort), DELAYS),
};

function seenIn(phases: readonly Phase[], effort: Effort): Promise<FanOut> {
  return fanOut({ ...effort, contenders: CONTENDERS, phases, viewers: VIEWERS });
}

function tablesOf(seen: FanOut, phases: readonly Phase[]): readonly Table[] {
  return phases.map((phase) => ({
    ...phaseTable(seen, phase, VIEWERS),
    targets: fanOutTargets(seen.samples, phase),
    chart: chartOf(seen, phase),
  }));
}

/** What the phase is for: how much goes through, or what each frame costs. */
function chartOf({ samples }: FanOut, phase: Phase): Chart {
  const isFlatOut = phase.pace === 'flat out';
  return {
    file: `fan-out-${phase.bytes / 1024}-kb-${isFlatOut ? 'flat-out' : phase.pace}.svg`,
    title: titleOf(phase, VIEWERS),
    unit: isFlatOut ? 'frames/s: more is better' : 'CPU µs per frame: less is better',
    bars: CONTENDERS.flatMap(({ name, ours }) => {
      const rounds = samples.filter((sample) => sample.contender === name && sample.phase === phase);
      if (rounds.length === 0) return [];
      const values = rounds.map((sample) => (isFlatOut ? sample.framesPerSecond : sample.microsPerFrame));
      return { label: name, value: summarise(values).median, ours };
    }),
  };
}
