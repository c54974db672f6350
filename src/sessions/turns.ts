import { Refusal } from '../errors.ts';

/** Work that was begun and may go on while the next has its turn. */
export interface Begun<T> {
  readonly done: Promise<T>;
}

interface Line {
  /** Those that wait or are under way. */
  length: number;
  /** The last one has begun, and all before it. Never rejects. null: nobody waits to begin. */
  begun: Promise<unknown> | null;
  readonly underWay: Set<Promise<unknown>>;
}

/**
 * Updates of one session begin one after the other, in the order of the calls; other sessions do not wait. So writers of
 * one process never make each other's compare-and-set fail.
 *
 * @param begin is called once all before it have begun; whoever depends on what they do awaits `earlier()` first, which
 *   never rejects
 * @throws Refusal RATE_LIMITED when the line is full
 */
export type TakeTurn = <T>(key: string, begin: (earlier: () => Promise<unknown>) => Promise<Begun<T>>) => Promise<T>;

/** @param max how many updates of one session may wait or be under way */
export function createTurns(max: number): TakeTurn {
  const lines = new Map<string, Line>();

  function beginInLine<T>(line: Line, begin: () => Promise<Begun<T>>): Promise<Begun<T>> {
    // Mostly it is alone, and a promise less is a microsecond less.
    const beginning = line.begun === null ? begin() : line.begun.then(begin);
    const begun = beginning.then(
      ({ done }) => {
        line.underWay.add(done);
        if (line.begun === begun) line.begun = null;
      },
      () => {
        if (line.begun === begun) line.begun = null;
      },
    );
    line.begun = begun;
    return beginning;
  }

  return async (key, begin) => {
    const line = lines.get(key) ?? { length: 0, begun: null, underWay: new Set() };
    if (line.length >= max) throw full(max);
    lines.set(key, line);
    line.length += 1;
    try {
      const { done } = await beginInLine(line, () => begin(() => Promise.allSettled(line.underWay)));
      try {
        return await done;
      } finally {
        line.underWay.delete(done);
      }
    } finally {
      line.length -= 1;
      if (line.length === 0) lines.delete(key);
    }
  };
}

function full(max: number): Refusal {
  const mend = 'Send each when the one before is answered.';
  const message = `${max} updates of this session wait already, so nothing was changed. ${mend}`;
  return new Refusal('RATE_LIMITED', message, { limit: 'updatesWaiting', retryAfterSeconds: 1 });
}
