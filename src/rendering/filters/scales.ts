import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isList, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { numberArgument, numberOf, wholeArgument } from './arguments.ts';
import { type Filter, type Filters, unlessMissing } from './filter.ts';
import { type Extent, rounded, shareOf, within } from './series.ts';

const DIGITS = { name: 'digits', min: 0, max: 15 };
const LEAST = { name: 'min', min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
const MOST = { ...LEAST, name: 'max' };

export function ends(state: RenderState, value: Value, name: string): Extent {
  if (isList(value) && value.length === 2) {
    const [from, to] = [numberOf(state, value[0]), numberOf(state, value[1])];
    if (Number.isFinite(from) && Number.isFinite(to)) return [from, to];
  }
  const given = isList(value) ? `a list of ${value.length}` : describe(value);
  throw templateError(state.at, `"${name}" is a list of two numbers like [0, 100], and not ${given}.`);
}

/** Of each number in a list, or of one; what is no number stays nothing. */
function mapped(state: RenderState, input: Value, compute: (number: number) => number): Value {
  if (isList(input)) {
    charge(state, input.length * 2);
    return input.map((element) => result(state, element, compute));
  }
  return result(state, input, compute);
}

function result(state: RenderState, input: Value, compute: (number: number) => number): number | null {
  const number = numberOf(state, input);
  const computed = Number.isFinite(number) ? compute(number) : number;
  return Number.isFinite(computed) ? computed : null;
}

const scale: Filter['apply'] = (state, input, [from, to, clamped, places]) => {
  const source = ends(state, from, 'from');
  const [first, last] = ends(state, to, 'to');
  const digits = wholeArgument(state, places, DIGITS, 3);
  return mapped(state, input, (number) => {
    const share = shareOf(number, source);
    const kept = clamped ? within(share, 0, 1) : share;
    return rounded(first * (1 - kept) + last * kept, digits);
  });
};

const clamp: Filter['apply'] = (state, input, [min, max]) => {
  const low = numberArgument(state, min, LEAST, LEAST.min);
  const high = numberArgument(state, max, MOST, MOST.max);
  return mapped(state, input, (number) => within(number, low, high));
};

export const SCALE_FILTERS: Filters = [
  ['clamp', { ...unlessMissing(clamp), parameters: ['min', 'max'] }],
  ['scale', { ...unlessMissing(scale), parameters: ['from', 'to', 'clamp', 'digits'] }],
];
