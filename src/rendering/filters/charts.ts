import {
  area as areaShape,
  type CurveFactory,
  curveBasis,
  curveLinear,
  curveMonotoneX,
  curveNatural,
  curveStep,
  curveStepAfter,
  curveStepBefore,
  line as lineShape,
} from 'd3-shape';
import { charge, chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { dict, type Value } from '../runtime/values.ts';
import { choiceArgument, numberArgument } from './arguments.ts';
import { DIGITS, edges, HEIGHT, INSET, WIDTH } from './chart-box.ts';
import { type Filter, type Filters, unlessMissing } from './filter.ts';
import { type Datum, extentOf, readSeries, rounded, shareOf, within } from './series.ts';

const CURVES: Readonly<
  Record<'linear' | 'smooth' | 'natural' | 'basis' | `step${'' | '-before' | '-after'}`, CurveFactory>
> = {
  linear: curveLinear,
  // Goes through every point and never beyond it: no dip below zero that the data do not have.
  smooth: curveMonotoneX,
  natural: curveNatural,
  basis: curveBasis,
  step: curveStep,
  'step-before': curveStepBefore,
  'step-after': curveStepAfter,
};
const CURVE_NAMES = Object.keys(CURVES) as (keyof typeof CURVES)[];

interface Point extends Datum {
  readonly px: number;
  readonly py: number;
}

/** Where the points of a line lie; y grows downwards, and what is above or below the edges lies on them. */
function placed(state: RenderState, input: Value, args: readonly Value[]) {
  const [width, height, min, max, , inset, attribute] = args;
  const right = numberArgument(state, width, WIDTH, 100);
  const bottom = numberArgument(state, height, HEIGHT, 30);
  const free = numberArgument(state, inset, INSET, 0);
  const data = readSeries(state, input, attribute);
  charge(state, 50 + data.length * 5);
  const across = extentOf(data.map(({ x }) => x)) ?? [0, 1];
  const values = edges(state, data, [min, max], []);
  const y = (value: number): number => bottom - free - within(shareOf(value, values), 0, 1) * (bottom - 2 * free);
  const points: readonly Point[] = data.map(({ index, x, value }) => ({
    index,
    x,
    value,
    px: free + shareOf(x, across) * (right - 2 * free),
    py: y(value),
  }));
  return { points, base: y(within(0, Math.min(...values), Math.max(...values))) };
}

const isDefined = ({ px, py }: Point): boolean => !Number.isNaN(px) && !Number.isNaN(py);

function curveOf(state: RenderState, curve: Value, points: number): CurveFactory {
  const name = choiceArgument(state, curve, 'curve', CURVE_NAMES, 'linear');
  // Measured: a point of a straight line takes as long as 6 steps, one of a curve as 10.
  charge(state, points * (name === 'linear' ? 6 : 10));
  return CURVES[name];
}

function pathOf(state: RenderState, path: string | null): string {
  const d = path ?? '';
  chargeText(state, d.length);
  return d;
}

const sparkline: Filter['apply'] = (state, input, args) => {
  const { points } = placed(state, input, args);
  const shape = lineShape<Point>(
    ({ px }) => px,
    ({ py }) => py,
  );
  return pathOf(
    state,
    shape
      .defined(isDefined)
      .curve(curveOf(state, args[4], points.length))
      .digits(DIGITS)(points),
  );
};

const area: Filter['apply'] = (state, input, args) => {
  const { points, base } = placed(state, input, args);
  const shape = areaShape<Point>(
    ({ px }) => px,
    base,
    ({ py }) => py,
  );
  const curve = curveOf(state, args[4], points.length * 2);
  return pathOf(state, shape.defined(isDefined).curve(curve).digits(DIGITS)(points));
};

const points: Filter['apply'] = (state, input, args) => {
  const shown = placed(state, input, args).points.filter(isDefined);
  charge(state, shown.length * 12);
  return shown.map(({ px, py, value, index }) =>
    Object.assign(dict(), { x: rounded(px, DIGITS), y: rounded(py, DIGITS), value, index }),
  );
};

const LINE = ['width', 'height', 'min', 'max', 'curve', 'inset', 'attribute'];

export const CHART_FILTERS: Filters = [
  ['area', { ...unlessMissing(area), parameters: LINE }],
  ['points', { ...unlessMissing(points), parameters: LINE }],
  ['sparkline', { ...unlessMissing(sparkline), parameters: LINE }],
];
