import { charge } from '../runtime/budget.ts';
import { dict } from '../runtime/values.ts';
import { numberArgument } from './arguments.ts';
import { DIGITS, edges, HEIGHT, WIDTH } from './chart-box.ts';
import { type Filter, type Filters, unlessMissing } from './filter.ts';
import { type Extent, readSeries, rounded, shareOf, within } from './series.ts';

/** Share of each bar's room. */
const GAP = { name: 'gap', min: 0, max: 1 };

const bars: Filter['apply'] = (state, input, [width, height, min, max, gap, attribute]) => {
  const bottom = numberArgument(state, height, HEIGHT, 30);
  const data = readSeries(state, input, attribute);
  const slot = numberArgument(state, width, WIDTH, 100) / data.length;
  const free = slot * numberArgument(state, gap, GAP, 0.2);
  // Bars begin at zero, else their lengths would say nothing.
  const [low, high] = edges(state, data, [min, max], [0, 0]);
  const values: Extent = [low, low === high ? low + 1 : high];
  const y = (value: number): number => bottom - within(shareOf(value, values), 0, 1) * bottom;
  const base = y(within(0, Math.min(...values), Math.max(...values)));
  charge(state, 10 + data.length * 12);
  return data
    .filter(({ value }) => !Number.isNaN(value))
    .map(({ value, index }) =>
      Object.assign(dict(), {
        x: rounded(index * slot + free / 2, DIGITS),
        y: rounded(Math.min(y(value), base), DIGITS),
        width: rounded(slot - free, DIGITS),
        height: rounded(Math.abs(y(value) - base), DIGITS),
        value,
        index,
      }),
    );
};

export const BAR_FILTERS: Filters = [
  ['bars', { ...unlessMissing(bars), parameters: ['width', 'height', 'min', 'max', 'gap', 'attribute'] }],
];
