/** Time that may be spent, and comes back: no more than `most` at once, and a share of all time in the long run. */
export interface Credit {
  isLeft(): boolean;
  /** May go below zero; what is owed is waited for. */
  spend(ms: number): void;
}

/**
 * @param most milliseconds, there at the start.
 * @param share milliseconds that come back for each millisecond of `clock`.
 */
export function createCredit({ most, share }: { most: number; share: number }, clock: () => number): Credit {
  let left = most;
  let lookedAt = clock();
  const refill = (): void => {
    const now = clock();
    left = Math.min(most, left + (now - lookedAt) * share);
    lookedAt = now;
  };
  return {
    isLeft() {
      refill();
      return left > 0;
    },
    spend(ms) {
      refill();
      left -= ms;
    },
  };
}
