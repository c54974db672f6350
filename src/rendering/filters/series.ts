import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isDict, isList, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { numberOf } from './arguments.ts';
import { requireList } from './filter.ts';
import { membersAt } from './tera.ts';

/** One element of the data. NaN: a gap. */
export interface Datum {
  readonly index: number;
  readonly x: number;
  readonly value: number;
}

export type Extent = readonly [low: number, high: number];

/** Infinity is no more to be drawn than what is missing. */
const finite = (number: number): number => (Number.isFinite(number) ? number : Number.NaN);

/** Numbers, which stand one after the other, or pairs of x and value, in the list or in its elements' `attribute`. */
export function readSeries(state: RenderState, input: Value, attribute: Value): readonly Datum[] {
  const elements = requireList(state, input);
  charge(state, 10 + elements.length * 2);
  const named = attribute !== undefined && attribute !== null;
  const values = named ? membersAt(state, elements, attribute) : elements;
  return values.map((value, index) => {
    if (isList(value) && value.length === 2) {
      return { index, x: finite(numberOf(state, value[0])), value: finite(numberOf(state, value[1])) };
    }
    if (typeof value === 'object' && value !== null && (isList(value) || isDict(value))) {
      const mend = isDict(value) ? '; name its member with attribute="…"' : '';
      throw templateError(state.at, `An element is a number or [x, value], and not ${describe(value)}${mend}.`);
    }
    return { index, x: index, value: finite(numberOf(state, value)) };
  });
}

/** null: there is no number. */
export function extentOf(numbers: readonly number[]): Extent | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return low <= high ? [low, high] : null;
}

/** Where a value lies between two others: 0 at the first, 1 at the second; in the middle if they are the same. */
export function shareOf(value: number, [from, to]: Extent): number {
  const span = to - from;
  if (span === 0) return 0.5;
  return Number.isFinite(span) ? (value - from) / span : (value / 2 - from / 2) / (to / 2 - from / 2);
}

export const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

export function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  const scaled = value * factor;
  // `+ 0`: minus zero would be written as 0 and still be another value.
  return Number.isFinite(scaled) ? Math.round(scaled) / factor + 0 : value;
}
