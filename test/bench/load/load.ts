import type { Updating, Viewing } from '../servers/served.ts';

/** What the process of the load is told, one after the other. */
export type Order =
  | {
      readonly kind: 'open';
      readonly port: number;
      readonly viewing: Viewing;
      readonly updating: Updating;
      readonly viewers: number;
      /** Each viewer watches one of them, in turns; updates go to them in turns too. */
      readonly sessions: readonly string[];
    }
  | { readonly kind: 'run'; readonly bytes: number; readonly pace: Pace; readonly seconds: number };

/**
 * Updates a second; `flat out`: the next as soon as nearly all viewers have had the last but one; `every connection`: 32
 * clients, each with one update after the other.
 */
export type Pace = number | 'flat out' | 'every connection';

export type Answer = { readonly kind: 'opened' | 'begun' | 'ended' } | ({ readonly kind: 'done' } & Loaded);

export interface Loaded {
  readonly seconds: number;
  readonly updates: number;
  readonly frames: number;
  /** From update to viewer; without viewers from update to answer. */
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly lost: number;
  /** Viewers that have not had the last picture of all once nothing comes any more. Only for one session. */
  readonly behind: number;
  /** Whether nothing came any more before the next run. */
  readonly drained: boolean;
  /** Share of one core that the load took for itself. Near 1 it is the load that is measured. */
  readonly busy: number;
}
