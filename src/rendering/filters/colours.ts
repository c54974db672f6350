import { charge } from '../runtime/budget.ts';
import { describe, isList } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { numberArgument, numberOf } from './arguments.ts';
import { type Colour, colourOf, colourText } from './colour.ts';
import type { Filter, Filters } from './filter.ts';
import { ends } from './scales.ts';
import { shareOf, within } from './series.ts';

const SHARE = { min: 0, max: 1 };
const AMOUNT = { ...SHARE, name: 'amount' };
const OPACITY = { ...SHARE, name: 'opacity' };
const MAX_COLOURS = 20;

/** As gradients of SVG do by default: in sRGB, and what shines through counts for less. */
function mixed(from: Colour, to: Colour, share: number): Colour {
  const alpha = from[3] * (1 - share) + to[3] * share;
  const channel = (i: 0 | 1 | 2): number =>
    alpha === 0 ? 0 : (from[i] * from[3] * (1 - share) + to[i] * to[3] * share) / alpha;
  return [channel(0), channel(1), channel(2), alpha];
}

const mix: Filter['apply'] = (state, input, [other, amount]) => {
  if (input === undefined || input === null) return input;
  const from = colourOf(state, input);
  return colourText(mixed(from, colourOf(state, other, 'colour'), numberArgument(state, amount, AMOUNT, 0.5)));
};

const alpha: Filter['apply'] = (state, input, [opacity]) => {
  if (input === undefined || input === null) return input;
  const [red, green, blue, before] = colourOf(state, input);
  return colourText([red, green, blue, before * numberArgument(state, opacity, OPACITY, 0.5)]);
};

const ramp: Filter['apply'] = (state, input, [colours, from]) => {
  if (input === undefined || input === null) return input;
  if (!isList(colours) || colours.length < 2 || colours.length > MAX_COLOURS) {
    const given = isList(colours) ? `a list of ${colours.length}` : describe(colours);
    throw templateError(state.at, `"colours" is a list of 2 to ${MAX_COLOURS} colours, and not ${given}.`);
  }
  const stops = colours.map((colour) => colourOf(state, colour, 'colours'));
  const number = numberOf(state, input);
  if (!Number.isFinite(number)) return null;
  charge(state, 4);
  const place =
    within(shareOf(number, from === undefined || from === null ? [0, 1] : ends(state, from, 'from')), 0, 1) *
    (stops.length - 1);
  const before = Math.min(Math.floor(place), stops.length - 2);
  return colourText(mixed(stops[before] as Colour, stops[before + 1] as Colour, place - before));
};

export const COLOUR_FILTERS: Filters = [
  ['alpha', { apply: alpha, parameters: ['opacity'] }],
  ['mix', { apply: mix, parameters: ['colour', 'amount'] }],
  ['ramp', { apply: ramp, parameters: ['colours', 'from'] }],
];
