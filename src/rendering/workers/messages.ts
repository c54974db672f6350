import type { ErrorCode, ErrorDetails } from '../../errors.ts';
import type { Rendering, RenderingLimits } from '../engine.ts';
import type { Variable } from '../variables/variables.ts';

/** What a thread is started with. */
export type ThreadData = RenderingLimits;

/** What a thread is asked. Args travel as the text that they are stored as. */
export type Job = RenderJob | DescribeJob;
export interface RenderJob {
  readonly task: 'render';
  readonly source: string;
  readonly argsJson: string;
}
export interface DescribeJob {
  readonly task: 'describe';
  readonly source: string;
}
export type ResultOf<J extends Job> = J extends RenderJob ? Rendering : readonly Variable[];

/**
 * What a thread answers, and how many milliseconds the job took it, with compiling if the template was new to it. A bug's
 * stack is for the log; it is masked like any other where it is answered.
 */
export type Outcome<Result = Rendering | readonly Variable[]> =
  | { readonly kind: 'done'; readonly result: Result; readonly tookMs: number }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails }
  | { readonly kind: 'bug'; readonly stack: string };

/** Sent once, when a thread can be asked. */
export const READY = 'ready';
