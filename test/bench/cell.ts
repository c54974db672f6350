import type { Table } from './report.ts';

export interface Effort {
  /** Rounds of which the median counts. */
  readonly rounds: number;
  /** Of one measurement. */
  readonly seconds: number;
  /** For whoever waits: what is being measured now. */
  progress(what: string): void;
}

/** One comparison: what `--only` names. */
export interface Cell {
  readonly name: string;
  run(effort: Effort): Promise<readonly Table[]>;
}
