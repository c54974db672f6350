import { chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isList, isSafe, type List, type SafeText, safe, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';

export interface Filter {
  readonly apply: (state: RenderState, input: Value, args: readonly Value[]) => Value;
  /** The names of the arguments, where they may be given by keyword. */
  readonly parameters?: readonly string[];
  /** What stands in for the filter where all its arguments are given by keyword, in Tera's way. */
  readonly byKeyword?: Filter;
  /** True: a missing input is what the filter is for, and no warning. */
  readonly acceptsMissing?: boolean;
}

export type Filters = readonly (readonly [string, Filter])[];

/** A text, its safe form, or nothing, as most filters of texts take it: null, undefined and false are empty. */
export function textOrEmpty(state: RenderState, input: Value): string {
  return input === undefined || input === null || input === false ? '' : requireText(state, input);
}

export function requireText(state: RenderState, input: Value): string {
  if (typeof input !== 'string' && !isSafe(input)) {
    throw templateError(state.at, `This filter takes a text, and not ${describe(input)}.`);
  }
  const text = typeof input === 'string' ? input : input.text;
  chargeText(state, text.length);
  return text;
}

export function requireList(state: RenderState, input: Value): List {
  if (isList(input)) return input;
  throw templateError(state.at, `This filter takes a list, and not ${describe(input)}.`);
}

export function requireSomething(state: RenderState, input: Value): void {
  if (input === null) throw templateError(state.at, 'This filter takes a list, a text or an object, and not nothing.');
}

/** The result is as safe as the input was. */
export function asSafeAs(input: Value, text: string): string | SafeText {
  return isSafe(input) ? safe(text) : text;
}

/** A filter that nunjucks would let fail on a missing value: a missing value stays missing, and is a warning. */
export function unlessMissing(apply: Filter['apply']): Filter {
  return { apply: (state, input, args) => (input === undefined ? undefined : apply(state, input, args)) };
}

/** The filter that is meant by a use of it. */
export function formOf(filter: Filter, positional: number, keywords: number): Filter {
  return (positional === 0 && keywords > 0 ? filter.byKeyword : undefined) ?? filter;
}
