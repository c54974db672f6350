import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { textArgument } from './arguments.ts';
import { fixedOffset } from './instants.ts';
import { createPrepared } from './prepared.ts';

const NAME = /^[a-z][\w+-]*(?:\/[\w+-]+){0,2}$/i;
/** Measured, in steps: making a zone's clock, and reading it. */
const CLOCK_COST = 800;
const READING_COST = 60;

const clocks = createPrepared<Intl.DateTimeFormat>(CLOCK_COST);

function clockOf(zone: string): Intl.DateTimeFormat {
  const number = 'numeric';
  return new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
  });
}

/** How many milliseconds a time zone is ahead of UTC at a moment. */
export function offsetArgument(state: RenderState, value: Value, instant: number): number {
  const zone = textArgument(state, value, 'timezone', 40, 'UTC');
  if (zone === 'UTC' || zone === 'Z') return 0;
  const fixed = fixedOffset(zone);
  if (fixed !== null) return fixed;
  charge(state, READING_COST);
  const parts = new Map(read(state, zone, instant).map(({ type, value }) => [type as string, Number(value)]));
  const part = (name: string): number => parts.get(name) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

function read(state: RenderState, zone: string, instant: number): readonly Intl.DateTimeFormatPart[] {
  if (NAME.test(zone)) {
    try {
      return clocks(state, zone.toLowerCase(), () => clockOf(zone)).formatToParts(instant);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw templateError(
    state.at,
    `There is no time zone "${zone}"; "timezone" is a name like "Europe/Berlin", or an offset like "+02:00".`,
  );
}
