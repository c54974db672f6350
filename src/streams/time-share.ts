/** Most that can be saved up: how long one turn of the event loop may be held by work of this kind. */
const SAVED_MS = 20;

/** A part of the process's time, for work that can be left out. */
export interface TimeShare {
  /** Does the work; null: the share is used up for now. */
  spend<T>(work: () => T): T | null;
}

/** @param share of the time that passes, from 0 (none) to 1 (all) */
export function createTimeShare(share: number, now: () => number = () => performance.now()): TimeShare {
  let savedMs = SAVED_MS;
  let at = now();
  return {
    spend(work) {
      const begun = now();
      savedMs = Math.min(SAVED_MS, savedMs + (begun - at) * share);
      at = begun;
      if (savedMs <= 0) return null;
      const result = work();
      savedMs -= now() - begun;
      return result;
    },
  };
}
