import { type TimeLocaleDefinition, type TimeLocaleObject, timeFormatLocale, utcFormat } from 'd3-time-format';
import { charge, chargeText } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { templateError } from '../template-error.ts';
import { choiceArgument, textArgument } from './arguments.ts';
import type { Filter, Filters } from './filter.ts';
import { instantOf } from './instants.ts';
import { localeArgument } from './locales.ts';
import { createPrepared } from './prepared.ts';
import { offsetArgument } from './time-zones.ts';

/** Measured, in steps: writing one time; the names of a locale's months and days; a locale's words for ages. */
const WRITING_COST = 60;
const NAMES_COST = 2500;
const AGES_COST = 250;

/** d3's directives without those whose meaning is a locale's (%c, %x, %X), and chrono's for whole dates and times. */
const DIRECTIVES = new Set('aAbBdefgGHIjLmMpqSUuVwWyY%');
const WHOLE = new Map([
  ['F', '%Y-%m-%d'],
  ['R', '%H:%M'],
  ['T', '%H:%M:%S'],
]);

const ages = createPrepared<Intl.RelativeTimeFormat>(AGES_COST);
const names = createPrepared<TimeLocaleObject>(NAMES_COST);

function namesOf(locale: string): TimeLocaleObject {
  const written = (options: Intl.DateTimeFormatOptions, dates: readonly number[]): string[] => {
    const format = new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' });
    return dates.map((date) => format.format(date));
  };
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 15));
  // A Sunday and the six days after it.
  const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 10, 22 + day));
  return timeFormatLocale({
    dateTime: '%F %T',
    date: '%F',
    time: '%T',
    periods: ['AM', 'PM'],
    months: written({ month: 'long' }, months) as TimeLocaleDefinition['months'],
    shortMonths: written({ month: 'short' }, months) as TimeLocaleDefinition['months'],
    days: written({ weekday: 'long' }, days) as TimeLocaleDefinition['days'],
    shortDays: written({ weekday: 'short' }, days) as TimeLocaleDefinition['days'],
  });
}

/** The format as d3 is given it. d3 would write a directive that it does not know as it stands. */
function checked(state: RenderState, format: string, instant: number, offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const digits = (number: number): string => `${number}`.padStart(2, '0');
  return format.replace(/%([-_0]?)(.?)/gs, (directive, pad: string, letter: string) => {
    if (DIRECTIVES.has(letter)) return directive;
    const whole = pad === '' ? WHOLE.get(letter) : undefined;
    if (whole !== undefined) return whole;
    // d3 is told the time of the zone as if it were UTC's.
    if (letter === 'Z' || letter === 'z')
      return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}${digits(minutes % 60)}`;
    if (letter === 's') return `${Math.floor(instant / 1000)}`;
    if (letter === 'Q') return `${instant}`;
    throw templateError(
      state.at,
      `"${directive}" is no part of a time; take for example "%Y-%m-%d %H:%M:%S" or "%-d %b".`,
    );
  });
}

const written =
  (usual: string): Filter['apply'] =>
  (state, input, [format, timezone, locale]) => {
    if (input === undefined || input === null) return input;
    charge(state, WRITING_COST);
    const instant = instantOf(state, input);
    const offset = offsetArgument(state, timezone, instant);
    const spec = checked(state, textArgument(state, format, 'format', 100, usual), instant, offset);
    charge(state, spec.length * 3);
    const tag = localeArgument(state, locale);
    const write = tag === 'en' ? utcFormat(spec) : names(state, tag, () => namesOf(tag)).utcFormat(spec);
    const text = write(new Date(instant + offset));
    chargeText(state, text.length);
    return text;
  };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, milliseconds: number])[] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
];

const ago: Filter['apply'] = (state, input, [style, locale]) => {
  if (input === undefined || input === null) return input;
  charge(state, WRITING_COST);
  const distance = instantOf(state, input) - state.now;
  const wording = choiceArgument(state, style, 'style', ['long', 'short', 'narrow'], 'long');
  const tag = localeArgument(state, locale);
  const [unit, length] = UNITS.find(([, milliseconds]) => Math.abs(distance) >= milliseconds) ?? ['second', SECOND];
  const count = Math.trunc(distance / length);
  // "now", but no "yesterday": 24 hours ago may be the day before it.
  const numeric = count === 0 ? 'auto' : 'always';
  const make = () => new Intl.RelativeTimeFormat(tag, { style: wording, numeric });
  return ages(state, `${tag} ${wording} ${numeric}`, make).format(count, unit);
};

export const TIME_FILTERS: Filters = [
  ['ago', { apply: ago, parameters: ['style', 'locale'] }],
  ['date', { apply: written('%Y-%m-%d'), parameters: ['format', 'timezone', 'locale'] }],
  ['time', { apply: written('%H:%M'), parameters: ['format', 'timezone', 'locale'] }],
];
