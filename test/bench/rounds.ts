import type { Effort } from './cell.ts';

export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** @param sorted ascending */
export function quantile(sorted: readonly number[] | Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Each has its turn in every round: what disturbs the machine for a while then disturbs all of them alike. */
export function* turns<Item extends { readonly name: string }>(
  items: readonly Item[],
  { rounds, progress }: Pick<Effort, 'rounds' | 'progress'>,
): Generator<Item> {
  for (let round = 1; round <= rounds; round += 1) {
    for (const item of items) {
      progress(`round ${round} of ${rounds}, ${item.name}`);
      yield item;
    }
  }
}

/**
 * Microseconds of CPU time per call of each, in turns: what disturbs the machine then disturbs all of them alike.
 *
 * @param sliceMs how long one of them runs before the next has its turn
 */
export function inTurns(
  calls: ReadonlyMap<string, (time: number) => void>,
  { rounds, sliceMs }: { readonly rounds: number; readonly sliceMs: number },
): ReadonlyMap<string, Summary> {
  const times = new Map([...calls.keys()].map((name) => [name, [] as number[]]));
  // The first round only lets the code be compiled.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, call] of calls) {
      const micros = timed(call, sliceMs);
      if (round > 0) times.get(name)?.push(micros);
    }
  }
  return new Map([...times].map(([name, values]) => [name, summarise(values)]));
}

/** By the processor's clock: what others do on the machine is not counted. */
function timed(call: (time: number) => void, sliceMs: number): number {
  const begun = process.cpuUsage();
  let time = 0;
  let elapsed = 0;
  while (elapsed < sliceMs * 1000) {
    // A look at the clock costs as much as a small render.
    for (const until = time + 32; time < until; time += 1) call(time);
    const { user, system } = process.cpuUsage(begun);
    elapsed = user + system;
  }
  return elapsed / time;
}
