import { nice as niceExtent, tickIncrement, ticks as ticksBetween } from 'd3-array';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { wholeArgument } from './arguments.ts';
import { type Filter, type Filters, unlessMissing } from './filter.ts';
import { type Extent, extentOf, readSeries } from './series.ts';

const COUNT = { name: 'count', min: 1, max: 100 };
/** As many as axes have by default. */
const USUAL_COUNT = 5;

const valuesOf = (state: RenderState, input: Value, attribute: Value): readonly number[] =>
  readSeries(state, input, attribute)
    .map(({ value }) => value)
    .filter((value) => !Number.isNaN(value));

const named = (parameters: readonly string[], apply: Filter['apply']): Filter => ({
  ...unlessMissing(apply),
  parameters,
});

const avg: Filter['apply'] = (state, input, [attribute]) => {
  const values = valuesOf(state, input, attribute);
  if (values.length === 0) return null;
  // Each divided first: the sum of large numbers would be infinite.
  const average = values.reduce((total, value) => total + value, 0) / values.length;
  return Number.isFinite(average) ? average : values.reduce((total, value) => total + value / values.length, 0);
};

const extent: Filter['apply'] = (state, input, [attribute, zero, nice]) => {
  const values = valuesOf(state, input, attribute);
  const found = extentOf(zero ? [...values, 0] : values);
  // So that a scale of no data is a scale.
  if (found === null) return [0, 1];
  if (!nice || !hasSteps(found, USUAL_COUNT)) return found;
  charge(state, 10);
  return niceExtent(found[0], found[1], USUAL_COUNT);
};

const ticks: Filter['apply'] = (state, input, [wanted]) => {
  const found = extentOf(valuesOf(state, input, undefined));
  const count = wholeArgument(state, wanted, COUNT, USUAL_COUNT);
  if (found === null) return [];
  charge(state, count * 4);
  return hasSteps(found, count) ? ticksBetween(found[0], found[1], count) : [...new Set(found)];
};

/** Between the largest numbers there is no distance, between the smallest no step. */
function hasSteps([low, high]: Extent, count: number): boolean {
  const step = tickIncrement(low, high, count);
  return Number.isFinite(step) && step !== 0;
}

export const STATISTICS_FILTERS: Filters = [
  ['avg', named(['attribute'], avg)],
  ['extent', named(['attribute', 'zero', 'nice'], extent)],
  [
    'max',
    named(['attribute'], (state, input, [attribute]) => extentOf(valuesOf(state, input, attribute))?.[1] ?? null),
  ],
  [
    'min',
    named(['attribute'], (state, input, [attribute]) => extentOf(valuesOf(state, input, attribute))?.[0] ?? null),
  ],
  ['ticks', named(['count'], ticks)],
];
