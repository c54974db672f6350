import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { numberArgument } from './arguments.ts';
import { type Datum, type Extent, extentOf } from './series.ts';

const SIZE = { min: 0, max: 100_000 };
export const WIDTH = { ...SIZE, name: 'width' };
export const HEIGHT = { ...SIZE, name: 'height' };
export const INSET = { ...SIZE, name: 'inset' };
const VALUE = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
const LEAST = { ...VALUE, name: 'min' };
const MOST = { ...VALUE, name: 'max' };
/** Decimals of a position: a hundredth of a pixel. */
export const DIGITS = 2;

/** The values that lie at the lower and at the upper edge: those asked for, else those of the data and `including`. */
export function edges(
  state: RenderState,
  data: readonly Datum[],
  [min, max]: readonly Value[],
  including: Extent | [],
): Extent {
  const [low, high] = extentOf([...data.map(({ value }) => value), ...including]) ?? [0, 1];
  const least = numberArgument(state, min, LEAST, low);
  const most = numberArgument(state, max, MOST, Math.max(high, least));
  return [min === undefined || min === null ? Math.min(least, most) : least, most];
}
