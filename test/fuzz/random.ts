import { numbers } from '../harness/seeded-numbers.ts';

/** Choices, the same for the same seed. */
export interface Random {
  /** A whole number from 0 to below the bound. */
  below(bound: number): number;
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** As many as `least` to `most` of what is made. */
  several<T>(least: number, most: number, make: () => T): T[];
}

export function createRandom(seed: number): Random {
  const below = numbers(seed);
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: <T>(items: readonly T[]) => items[below(items.length)] as T,
    several: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
}
