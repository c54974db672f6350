const LOOK_EVERY_MS = 250;

/** Something that wants to be woken once its time has come. */
export interface Sleeper {
  /** By `performance.now()`; Infinity: never. */
  dueAt: number;
  wake(now: number): void;
}

/** One timer for the repeats of all viewers of a process, precise to a quarter of a second. */
export function createRepeats() {
  const sleepers = new Set<Sleeper>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const sleeper of sleepers) if (sleeper.dueAt <= now) sleeper.wake(now);
  }, LOOK_EVERY_MS).unref();

  return {
    add(sleeper: Sleeper): () => void {
      sleepers.add(sleeper);
      return () => sleepers.delete(sleeper);
    },
    close: () => clearInterval(timer),
  };
}

export type Repeats = ReturnType<typeof createRepeats>;
