import { charge, chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { toNumber } from '../runtime/text.ts';
import { describe, isSafe, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';

/** A number, or NaN for everything that is none: nothing, blank texts, lists, objects. True is 1 and false is 0. */
export function numberOf(state: RenderState, value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const text = isSafe(value) ? value.text : value;
  if (typeof text !== 'string') return Number.NaN;
  charge(state, text.length >> 3);
  return /\S/.test(text) ? toNumber(state, text) : Number.NaN;
}

export interface NumberArgument {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** @param otherwise what an argument stands for that is absent or null. */
export function numberArgument(state: RenderState, value: Value, argument: NumberArgument, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const { name, min, max } = argument;
  const number = numberOf(state, value);
  if (number >= min && number <= max) return number;
  const given = Number.isNaN(number) ? describe(value) : `${number}`;
  throw templateError(state.at, `"${name}" is a number from ${min} to ${max}, and not ${given}.`);
}

export function wholeArgument(state: RenderState, value: Value, argument: NumberArgument, otherwise: number): number {
  const number = numberArgument(state, value, argument, otherwise);
  if (Number.isInteger(number)) return number;
  throw templateError(state.at, `"${argument.name}" is a whole number, and not ${number}.`);
}

/** @param maxLength in code units. */
export function textArgument(state: RenderState, value: Value, name: string, maxLength: number, otherwise: string) {
  if (value === undefined || value === null) return otherwise;
  const text = isSafe(value) ? value.text : value;
  if (typeof text === 'string' && text.length <= maxLength) {
    chargeText(state, text.length);
    return text;
  }
  const given = typeof text === 'string' ? `one of ${text.length}` : describe(value);
  throw templateError(state.at, `"${name}" is a text of at most ${maxLength} characters, and not ${given}.`);
}

export function choiceArgument<Choice extends string>(
  state: RenderState,
  value: Value,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Choice {
  if (value === undefined || value === null) return otherwise;
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  const given = typeof value === 'string' ? `"${value.slice(0, 40)}"` : describe(value);
  throw templateError(state.at, `"${name}" is one of ${choices.join(', ')}, and not ${given}.`);
}
