import { arc as arcShape } from 'd3-shape';
import { charge, chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { dict, isList, type Value } from '../runtime/values.ts';
import { numberArgument, numberOf } from './arguments.ts';
import { type Filter, type Filters, unlessMissing } from './filter.ts';
import { type Extent, readSeries, rounded, within } from './series.ts';

const LENGTH = { min: 0, max: 100_000 };
const INNER = { ...LENGTH, name: 'inner' };
const OUTER = { ...LENGTH, name: 'outer' };
const CORNER = { ...LENGTH, name: 'corner' };
const RADIUS = { ...LENGTH, name: 'radius' };
const PLACE = { min: -LENGTH.max, max: LENGTH.max };
/** Degrees. */
const ANGLE = { min: -3600, max: 3600 };
const START = { ...ANGLE, name: 'start' };
const END = { ...ANGLE, name: 'end' };
const GAP = { name: 'gap', min: 0, max: 360 };
const DIGITS = 2;
/** Measured: steps of one arc with round corners. */
const ARC_COST = 200;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

interface Ring {
  readonly inner: number;
  readonly outer: number;
  readonly start: number;
  readonly end: number;
  readonly corner: number;
}

function ringOf(state: RenderState, [inner, outer, start, end, corner]: readonly Value[]): Ring {
  return {
    inner: numberArgument(state, inner, INNER, 0),
    outer: numberArgument(state, outer, OUTER, 50),
    start: numberArgument(state, start, START, 0),
    end: numberArgument(state, end, END, 360),
    corner: numberArgument(state, corner, CORNER, 0),
  };
}

/** @param part shares of the ring, from 0 to 1. @param gap degrees between this part and the next. */
function drawn(state: RenderState, { inner, outer, start, end, corner }: Ring, [from, to]: Extent, gap = 0) {
  charge(state, ARC_COST);
  const sweep = end - start;
  const edges = {
    innerRadius: inner,
    outerRadius: outer,
    startAngle: radians(start + from * sweep),
    endAngle: radians(start + to * sweep),
    padAngle: radians(gap),
  };
  const shape = arcShape().cornerRadius(corner).digits(DIGITS);
  const d = from === to ? '' : (shape(edges) ?? '');
  chargeText(state, d.length);
  return { d, centroid: shape.centroid(edges) };
}

const share = (number: number): number => within(number, 0, 1);

const arc: Filter['apply'] = (state, input, args) => {
  const ring = ringOf(state, args);
  const ends = isList(input) && input.length === 2 ? input : [0, input];
  const [from, to] = [numberOf(state, ends[0]), numberOf(state, ends[1])];
  return Number.isNaN(from) || Number.isNaN(to) ? '' : drawn(state, ring, [share(from), share(to)]).d;
};

const slices: Filter['apply'] = (state, input, [inner, outer, start, end, corner, gap, attribute]) => {
  const ring = ringOf(state, [inner, outer, start, end, corner]);
  const between = numberArgument(state, gap, GAP, 0);
  const data = readSeries(state, input, attribute).filter(({ value }) => value >= 0);
  const largest = data.reduce((most, { value }) => Math.max(most, value), 0) || 1;
  // Relative to the largest: the sum of large numbers would be infinite.
  const total = data.reduce((sum, { value }) => sum + value / largest, 0) || 1;
  let from = 0;
  return data.map(({ value, index }) => {
    const part = value / largest / total;
    const to = share(from + part);
    const { d, centroid } = drawn(state, ring, [from, to], between);
    from = to;
    const [x, y] = [rounded(centroid[0], DIGITS), rounded(centroid[1], DIGITS)];
    return Object.assign(dict(), { d, x, y, share: rounded(part, 6), value, index });
  });
};

const polar: Filter['apply'] = (state, input, [radius, cx, cy]) => {
  const angle = numberOf(state, input);
  const distance = numberArgument(state, radius, RADIUS, 50);
  const x = numberArgument(state, cx, { ...PLACE, name: 'cx' }, 0) + distance * Math.sin(radians(angle % 360));
  const y = numberArgument(state, cy, { ...PLACE, name: 'cy' }, 0) - distance * Math.cos(radians(angle % 360));
  charge(state, 10);
  return Number.isNaN(x) ? null : Object.assign(dict(), { x: rounded(x, DIGITS), y: rounded(y, DIGITS) });
};

const RING = ['inner', 'outer', 'start', 'end', 'corner'];

export const ARC_FILTERS: Filters = [
  ['arc', { ...unlessMissing(arc), parameters: RING }],
  ['polar', { ...unlessMissing(polar), parameters: ['radius', 'cx', 'cy'] }],
  ['slices', { ...unlessMissing(slices), parameters: [...RING, 'gap', 'attribute'] }],
];
