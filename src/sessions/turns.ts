/**
 * Work on one key happens one after the other, in the order of the calls; other keys do not wait.
 * So writers of one process never make each other's compare-and-set fail.
 */
export function createTurns() {
  const tails = new Map<string, Promise<unknown>>();

  return async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (tails.get(key) ?? Promise.resolve()).then(work, work);
    tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === mine) tails.delete(key);
    }
  };
}
