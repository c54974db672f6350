import type { Position } from '../template-error.ts';
import type { Value } from './values.ts';

/** One scope of variables at run time: of the template, of a loop or of a macro. */
export interface Frame {
  variables: Map<string, Value> | null;
  readonly parent: Frame | null;
  /** A `set` in this frame does not look further up for the variable. */
  readonly isolated: boolean;
  readonly topLevel: boolean;
  loop: Loop | null;
}

export interface Loop {
  index0: number;
  readonly length: number;
}

/** Everything that one render changes. */
export interface RenderState {
  /** Args and variables of the top level, by the number that the compiler gave to the name. */
  readonly globals: Value[];
  readonly warnings: string[];
  readonly warned: Set<string>;
  /** The time of the write, in milliseconds since 1970. */
  readonly now: number;
  readonly maxSteps: number;
  steps: number;
  out: string;
  /** Code units that `out` may hold. */
  maxOut: number;
  frame: Frame;
  /** Loop names, positional parameters and macros by slot; slot 0 holds the activation around this one. */
  locals: unknown[];
  calls: number;
  /** Sum of the tree depths of the macros under way. */
  depth: number;
  /** `break` or `continue` is under way, to the end of the pass. */
  jump: 'Break' | 'Continue' | null;
  /** What is being evaluated, for errors raised below it. */
  at: Position;
}

const MAX_WARNINGS = 20;

export function warnUndefined(state: RenderState, name: string, at: Position): void {
  if (state.warned.size >= MAX_WARNINGS || state.warned.has(name)) return;
  state.warned.add(name);
  state.warnings.push(`"${name}" is not defined (line ${at.lineno + 1}, column ${at.colno + 1})`);
}
