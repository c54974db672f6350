import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isSafe, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';

/** Numbers below are seconds: as milliseconds they would lie before March 1973, as seconds the next lies in 5138. */
const LEAST_MILLISECONDS = 1e11;
/** From the year 1000 to the year 9999. */
const FIRST = Date.UTC(1000, 0);
const LAST = Date.UTC(10_000, 0) - 1;

const ISO = /^(\d{4}-\d\d-\d\d)(?:[t ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(z|[-+]\d\d(?::?\d\d)?)?)?$/i;
const DIGITS = /^-?\d{1,16}(?:\.\d{1,9})?$/;

const fromNumber = (number: number): number => (Math.abs(number) < LEAST_MILLISECONDS ? number * 1000 : number);

/** Milliseconds that a zone like `+02:00` is ahead of UTC; null: it is none. */
export function fixedOffset(zone: string): number | null {
  const [, sign, hours, minutes = '00'] = /^([-+])(\d\d)(?::?(\d\d))?$/.exec(zone) ?? [];
  if (sign === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** ISO 8601 as it is written in JSON; without a zone it is UTC: this machine's would give each server its own picture. */
function fromText(text: string): number {
  if (DIGITS.test(text)) return fromNumber(Number(text));
  const [, date, minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = ISO.exec(text) ?? [];
  if (date === undefined) return Number.NaN;
  const local = Date.parse(`${date}T${minutes}${seconds}${fraction.slice(0, 4)}Z`);
  // A 30th of February would be read as a day in March.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== date) return Number.NaN;
  const offset = /^z$/i.test(zone) ? 0 : fixedOffset(zone);
  return offset === null ? Number.NaN : local - offset;
}

/** A moment in milliseconds since 1970. @throws Refusal TEMPLATE_ERROR if the value is none between 1000 and 9999. */
export function instantOf(state: RenderState, value: Value): number {
  const text = isSafe(value) ? value.text : value;
  charge(state, 4);
  const number = typeof text === 'number' ? fromNumber(text) : typeof text === 'string' ? fromText(text) : Number.NaN;
  if (number >= FIRST && number <= LAST) return Math.trunc(number);
  const given = typeof text === 'string' ? `"${text.slice(0, 40)}"` : typeof text === 'number' ? text : describe(value);
  throw templateError(
    state.at,
    `This filter takes a time like "2026-11-21T14:05:09Z" or seconds or milliseconds since 1970, and not ${given}.`,
  );
}
