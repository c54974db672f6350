import { Refusal } from '../errors.ts';

const MAX_SECONDS = 315_576_000;

/** A time to live of 1 s to 10 years, as milliseconds. @throws Refusal BAD_USER_INPUT */
export function ttlFromSeconds(seconds: number): number {
  if (!(seconds >= 1 && seconds <= MAX_SECONDS)) {
    throw new Refusal('BAD_USER_INPUT', `A time to live is 1 second to 10 years (${MAX_SECONDS} seconds).`);
  }
  return Math.round(seconds * 1000);
}

const UNIT_SECONDS = new Map<string, number>(
  (
    [
      [1e-9, 'ns nsec nanos'],
      [1e-6, 'us usec micros'],
      [1e-3, 'ms msec millis'],
      [1, 's sec secs second seconds'],
      [60, 'm min mins minute minutes'],
      [3600, 'h hr hrs hour hours'],
      [86_400, 'd day days'],
      [604_800, 'w week weeks'],
      [2_630_016, 'M month months'],
      [31_557_600, 'y yr yrs year years'],
    ] as const
  ).flatMap(([seconds, names]) => names.split(' ').map((name) => [name, seconds] as const)),
);

/**
 * Reads a sum of spans such as `1d 12h`, `90s` or `1.5h`, as milliseconds. Units and their lengths are those of the
 * Rust crate humantime, by which the 2025 API read them: `m` minutes, `M` months of 30.44 days, `y` 365.25 days.
 *
 * @throws Refusal BAD_USER_INPUT unless it is such a sum between 1 s and 10 years
 */
export function ttlFromText(text: string): number {
  const refuse = (why: string) =>
    new Refusal('BAD_USER_INPUT', `"expire" ${why}; write a sum like "1d 12h", "90s" or "1.5h".`);
  const spans = text.trim();
  // Sixty-four characters hold every sensible sum and keep the matching below short.
  if (spans === '' || spans.length > 64) throw refuse('is empty or too long');
  let seconds = 0;
  for (const span of spans.match(/\d+(?:\.\d+)?\s*[A-Za-z]*|\S/g) ?? []) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(span) ?? [];
    if (amount === undefined || unit === undefined) throw refuse('is no sum of numbers with units');
    if (unit === '') throw refuse(`lacks a unit after ${amount}`);
    const unitSeconds = UNIT_SECONDS.get(unit);
    if (unitSeconds === undefined) throw refuse(`has the unknown unit ${JSON.stringify(unit)}`);
    seconds += Number(amount) * unitSeconds;
  }
  return ttlFromSeconds(seconds);
}
