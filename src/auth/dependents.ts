import { subjectsOf } from './denial.ts';
import type { Revocations } from './revocations.ts';
import type { Proof } from './tokens.ts';

/** Streams that live as long as the token that they were opened with. */
export interface Dependents {
  /**
   * Calls `end` once, within a second after the proof expires or is denied, or at the next tick if it is already.
   *
   * @returns forgets it; idempotent, to be called when the stream ends by itself
   */
  register(proof: Proof, end: () => void): () => void;
  close(): void;
}

/** Streams that expire within the same half second end together, by one timer for all of them. */
const TOGETHER_MS = 500;

/** The longest delay that a timer takes is 24.8 days; after a day it only looks again. */
const LONGEST_DELAY_MS = 86_400_000;

type Group<Key> = Map<Key, Set<() => void>>;

function add<Key>(group: Group<Key>, key: Key, end: () => void): void {
  const together = group.get(key);
  if (together === undefined) group.set(key, new Set([end]));
  else together.add(end);
}

function remove<Key>(group: Group<Key>, key: Key, end: () => void): void {
  const together = group.get(key);
  together?.delete(end);
  if (together?.size === 0) group.delete(key);
}

export function createDependents(revocations: Pick<Revocations, 'denies' | 'onDenied'>): Dependents {
  const bySubject: Group<string> = new Map();
  const byExpiry: Group<number> = new Map();
  let timer: NodeJS.Timeout | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;

  function endAll(together: ReadonlySet<() => void> | undefined): void {
    // Each takes itself out of the set.
    for (const end of [...(together ?? [])]) end();
  }

  function wakeAt(time: number): void {
    if (time >= wakesAt) return;
    if (timer !== null) clearTimeout(timer);
    wakesAt = time;
    timer = setTimeout(endExpired, Math.min(Math.max(time - Date.now(), 0), LONGEST_DELAY_MS)).unref();
  }

  function endExpired(): void {
    wakesAt = Number.POSITIVE_INFINITY;
    const now = Date.now();
    for (const [time, together] of [...byExpiry]) {
      if (time <= now) endAll(together);
      else wakeAt(time);
    }
  }

  const stop = revocations.onDenied((subjects) => {
    for (const subject of subjects) endAll(bySubject.get(subject));
  });

  return {
    register(proof, end) {
      const subjects = subjectsOf(proof);
      const { expiresAt } = proof;
      const time = expiresAt === null ? null : Math.ceil(expiresAt / TOGETHER_MS) * TOGETHER_MS;
      let registered = true;

      function forget(): void {
        if (!registered) return;
        registered = false;
        for (const subject of subjects) remove(bySubject, subject, endOnce);
        if (time !== null) remove(byExpiry, time, endOnce);
      }
      function endOnce(): void {
        if (!registered) return;
        forget();
        end();
      }

      for (const subject of subjects) add(bySubject, subject, endOnce);
      if (time !== null) {
        add(byExpiry, time, endOnce);
        wakeAt(time);
      }
      if (revocations.denies(proof)) queueMicrotask(endOnce);
      return forget;
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      stop();
    },
  };
}
