import type { JsonObject } from '../json.ts';

/** One point per second; the first and the last lie on the edges of the picture. */
const HISTORY_POINTS = 62;

const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Sample data, 7 to 93. Waves of unrelated lengths never quite repeat. */
function levelAt(second: number): number {
  return Math.round(50 + 22 * Math.sin(second / 9) + 13 * Math.sin(second / 3.7 + 1) + 8 * Math.sin(second / 1.9 + 2));
}

/**
 * The demo's own args. They depend on the time alone, so that two servers which share a store draw the same picture.
 *
 * @param second whole seconds since 1970
 */
export function argsAt(second: number): JsonObject {
  const date = new Date(second * 1000);
  return {
    second,
    clock: date.toISOString().slice(11, 19),
    date: DATE.format(date),
    history: Array.from({ length: HISTORY_POINTS }, (_, index) => levelAt(second - HISTORY_POINTS + 1 + index)),
  };
}
