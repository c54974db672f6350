import type { LimitName, Overrun } from '../overrun.ts';
import { templateError } from '../template-error.ts';
import type { RenderState } from './render-state.ts';

/** Code units of one text made by an expression, a macro or a block set. */
export const MAX_TEXT = 256 * 1024;
/** Levels of lists and objects inside one another. */
const MAX_DATA_DEPTH = 24;
const MAX_CALLS = 24;
const MAX_CALL_DEPTH = 1000;

/** Counts work. The same template and args always cost the same. @throws Refusal TEMPLATE_ERROR past `maxSteps`. */
export function charge(state: RenderState, steps: number): void {
  state.steps += steps;
  // Not `>`: NaN must not pass.
  if (!(state.steps <= state.maxSteps)) throw overrun(state, 'steps', state.steps, state.maxSteps, 'make less of it');
}

/** Work on a text of that length. @throws Refusal TEMPLATE_ERROR if the text is too long, before it is built. */
export function chargeText(state: RenderState, length: number): void {
  checkText(state, length);
  charge(state, length >> 5);
}

/** For a text that is still being built, and is charged when it is done. */
export function checkText(state: RenderState, length: number): void {
  if (!(length <= MAX_TEXT)) throw overrun(state, 'text length', length, MAX_TEXT, 'build a shorter text');
}

/** Looking for one text in another: the engine's search can take as many comparisons as both lengths multiplied. */
export function chargeSearch(state: RenderState, length: number, soughtLength: number): void {
  charge(state, Math.floor((length * soughtLength) / 1024));
}

export function checkDepth(state: RenderState, depth: number): void {
  if (depth > MAX_DATA_DEPTH) throw overrun(state, 'data depth', depth, MAX_DATA_DEPTH, 'flatten the data');
}

export function outputOverrun(state: RenderState): Error {
  const what = state.maxOut === MAX_TEXT ? 'text length' : 'frame length';
  return overrun(state, what, state.out.length, state.maxOut, 'write less');
}

/** @param treeDepth how deep the macro's own tree is: calls inside one another must not use up the stack. */
export function enterCall(state: RenderState, treeDepth: number): void {
  state.calls += 1;
  state.depth += treeDepth;
  if (state.calls > MAX_CALLS) {
    throw overrun(state, 'call depth', state.calls, MAX_CALLS, 'let the macro call itself less often');
  }
  if (state.depth > MAX_CALL_DEPTH) {
    throw overrun(state, 'call depth', state.depth, MAX_CALL_DEPTH, 'make the macros simpler');
  }
}

export function leaveCall(state: RenderState, treeDepth: number): void {
  state.calls -= 1;
  state.depth -= treeDepth;
}

export function overrun(state: RenderState, limit: LimitName, used: number, allowed: number, mend: string): Error {
  const message = `The template exceeds the limit of ${allowed} for ${limit} (${used}); ${mend}.`;
  const limits = { limit, used: Number.isFinite(used) ? used : null, allowed } satisfies Overrun;
  return templateError(state.at, message, limits);
}
