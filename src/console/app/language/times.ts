import { now } from '../clock.ts';
import { language } from './language.ts';

const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_630_016_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `in 2 hours`, `3 minutes ago`; it moves on by itself where it is shown. */
export function relativeTime(iso: string): string {
  const ms = Date.parse(iso) - now.value;
  const [unit, length] = UNITS.find(([, each]) => Math.abs(ms) >= each) ?? (['second', 1000] as const);
  const format = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' });
  return format.format(Math.trunc(ms / length), unit);
}

/** Day and time to the minute, as the reader's language writes them. */
export function fullTime(iso: string): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

export function wholeNumber(value: number): string {
  return new Intl.NumberFormat(language.value).format(value);
}
