import type { Denial } from '../storage/denial-store.ts';

/** Denials in memory. They only grow, until each goes when its time is over: copies can be joined in any order. */
export interface DenialCopy {
  has(subject: string): boolean;
  /** @returns the subjects that are new here */
  join(denials: readonly Denial[]): readonly string[];
  /** Those that another copy has not, or not for as long. What ends within a minute is not worth telling. */
  lackingIn(other: readonly Denial[]): readonly Denial[];
  /** Forgets what is over. */
  prune(): void;
}

const ABOUT_TO_END_MS = 60_000;

export function createDenialCopy(clock: () => number): DenialCopy {
  const ends = new Map<string, number>();

  function has(subject: string): boolean {
    return (ends.get(subject) ?? 0) > clock();
  }

  return {
    has,
    join(denials) {
      const now = clock();
      const fresh = denials.filter(({ subject, until }) => until > now && !has(subject));
      for (const { subject, until } of denials) ends.set(subject, Math.max(until, ends.get(subject) ?? 0));
      return fresh.map(({ subject }) => subject);
    },
    lackingIn(other) {
      const theirs = new Map(other.map(({ subject, until }) => [subject, until]));
      const mine = [...ends].map(([subject, until]) => ({ subject, until }));
      const worthIt = clock() + ABOUT_TO_END_MS;
      return mine.filter(({ subject, until }) => until > worthIt && until > (theirs.get(subject) ?? 0));
    },
    prune() {
      const now = clock();
      for (const [subject, until] of ends) if (until <= now) ends.delete(subject);
    },
  };
}
