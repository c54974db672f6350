import { charge } from '../runtime/budget.ts';
import { choiceArgument, numberOf, wholeArgument } from './arguments.ts';
import type { Filter, Filters } from './filter.ts';
import { NO_NUMBER } from './number-formats.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const UNITS: readonly (readonly [short: string, long: string, milliseconds: number])[] = [
  ['d', 'day', 24 * HOUR],
  ['h', 'hour', HOUR],
  ['m', 'minute', MINUTE],
  ['s', 'second', SECOND],
  ['ms', 'millisecond', 1],
];
const PARTS = { name: 'parts', min: 1, max: UNITS.length };

/** `2:05:07`, `5:07`, `0:42`. */
function clock(milliseconds: number): string {
  const two = (number: number): string => `${number}`.padStart(2, '0');
  const hours = Math.floor(milliseconds / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const seconds = two(Math.floor((milliseconds % MINUTE) / SECOND));
  return hours === 0 ? `${minutes}:${seconds}` : `${hours}:${two(minutes)}:${seconds}`;
}

/** From the first unit that is not zero, that many; zeros are left out. */
function words(milliseconds: number, parts: number, long: boolean): string {
  const first = UNITS.findIndex(([, , length]) => milliseconds >= length);
  if (first === -1) return long ? '0 seconds' : '0s';
  let rest = milliseconds;
  return UNITS.slice(first, first + parts)
    .map(([short, name, length]) => {
      const count = Math.floor(rest / length);
      rest -= count * length;
      if (count === 0) return '';
      return long ? `${count} ${name}${count === 1 ? '' : 's'}` : `${count}${short}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

const duration: Filter['apply'] = (state, input, [unit, parts, style]) => {
  if (input === undefined || input === null) return input;
  charge(state, 20);
  const length = choiceArgument(state, unit, 'unit', ['s', 'ms'], 's') === 's' ? SECOND : 1;
  const count = wholeArgument(state, parts, PARTS, 2);
  const wording = choiceArgument(state, style, 'style', ['short', 'long', 'clock'], 'short');
  const milliseconds = Math.floor(Math.abs(numberOf(state, input)) * length);
  if (!(milliseconds <= Number.MAX_SAFE_INTEGER)) return NO_NUMBER;
  const text = wording === 'clock' ? clock(milliseconds) : words(milliseconds, count, wording === 'long');
  return numberOf(state, input) < 0 && milliseconds > 0 ? `-${text}` : text;
};

export const DURATION_FILTERS: Filters = [['duration', { apply: duration, parameters: ['unit', 'parts', 'style'] }]];
