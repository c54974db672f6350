/** Time that may be spent, and comes back: after the start no more than `most` at once, and a share of all time in the long run. */
export interface Credit {
  isLeft(): boolean;
  /** May go below zero; what is owed is waited for. */
  spend(ms: number): void;
}

/**
 * @param start milliseconds that are there at first, and do not come back.
 * @param most milliseconds to which it fills up again.
 * @param share milliseconds that come back for each millisecond of `clock`.
 */
export function createCredit(
  { start, most, share }: { start: number; most: number; share: number },
  clock: () => number,
): Credit {
  let left = start;
  let lookedAt = clock();
  const refill = (): void => {
    const now = clock();
    if (left < most) left = Math.min(most, left + (now - lookedAt) * share);
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
