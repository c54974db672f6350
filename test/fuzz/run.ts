import { createEngine, type RenderingLimits } from '../../src/rendering/engine.ts';
import { generateArgs } from './generate-args.ts';
import { generateTemplate } from './generate-template.ts';
import { snapshotGlobals } from './globals.ts';
import { judge } from './judge.ts';
import { learnFilters } from './learn-filters.ts';
import { type Case, minimise } from './minimise.ts';
import { createRandom } from './random.ts';

export interface Failure extends Case {
  /** Makes the case again. */
  readonly seed: number;
  readonly faults: readonly string[];
}

export interface FuzzReport {
  readonly cases: number;
  /** How many ended how: `rendered`, `refused`, `over steps`, … */
  readonly outcomes: ReadonlyMap<string, number>;
  /** One for each kind of fault, minimised. */
  readonly failures: readonly Failure[];
  /** The slowest renders, in milliseconds of processor time. */
  readonly slowest: readonly { readonly seed: number; readonly took: number }[];
}

export interface FuzzOptions {
  /** The case `i` has the seed `seed + i`. */
  readonly seed: number;
  /** Whether to go on, asked before each case. */
  readonly goesOn: (cases: number) => boolean;
  /** Sees every frame. */
  readonly onFrame?: (svg: string, seed: number) => void;
}

/** One time for all renders, so that the same template always does the same. */
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const LIMITS: RenderingLimits = { maxFrameBytes: 2 * 1024 * 1024, maxSteps: 100_000 };
const MAX_FAILURES = 20;
const SLOWEST = 5;

export function fuzz({ seed: firstSeed, goesOn, onFrame }: FuzzOptions): FuzzReport {
  const engine = createEngine(LIMITS, () => NOW);
  const uses = learnFilters(engine);
  const changedGlobals = snapshotGlobals();
  const outcomes = new Map<string, number>();
  const failures = new Map<string, Failure>();
  let slowest: FuzzReport['slowest'] = [];
  let cases = 0;

  const faultsOf = ({ template, args }: Case) => {
    const verdict = judge(engine, LIMITS, template, structuredClone(args));
    const changed = changedGlobals();
    return { ...verdict, faults: [...verdict.faults, ...changed.map((key) => `the global ${key} was changed`)] };
  };

  while (goesOn(cases) && failures.size < MAX_FAILURES) {
    const seed = (firstSeed + cases) >>> 0;
    const made = makeCase(seed);
    const { outcome, svg, faults, took } = faultsOf(made);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (took > (slowest[SLOWEST - 1]?.took ?? 0)) {
      slowest = [...slowest, { seed, took }].sort((a, b) => b.took - a.took).slice(0, SLOWEST);
    }
    const [fault] = faults;
    if (fault !== undefined && !failures.has(kindOf(fault))) {
      const kind = kindOf(fault);
      const smallest = minimise(made, (candidate) =>
        faultsOf(candidate).faults.some((other) => kindOf(other) === kind),
      );
      failures.set(kind, { seed, ...smallest, faults: faultsOf(smallest).faults });
    }
    if (svg !== null) onFrame?.(svg, seed);
    cases += 1;
  }
  return { cases, outcomes, failures: [...failures.values()], slowest };

  function makeCase(seed: number): Case {
    const random = createRandom(seed);
    return { args: generateArgs(random), template: generateTemplate(random, uses) };
  }
}

/** Faults that differ in what they quote are the same. */
const kindOf = (fault: string): string => fault.replaceAll(/"[^"]*"|\d+|\([^)]*\)/g, '…').slice(0, 60);
