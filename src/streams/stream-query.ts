import { z } from 'zod';

/** How one viewer wants its stream. Times are milliseconds. */
export interface StreamOptions {
  /** Between repeats of the last frame on a silent stream; 0: none. */
  readonly keepAliveMs: number;
  /** Before the first update; the current frame comes at once all the same. */
  readonly delayedStartMs: number;
  readonly doubleFrame: boolean;
  /** The most frames per second. */
  readonly fps: number;
}

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number, 0 or more')
  .transform(Number);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const MAX_DELAYED_START_MS = 60_000;
const MIN_KEEP_ALIVE_MS = 1000;

export const streamQuery = z.object({
  keep_alive: wholeNumber.default(30_000),
  delayed_start: wholeNumber.default(0),
  double_frame: flag.default(false),
  fps: wholeNumber.pipe(z.int().min(1).max(120)).default(30),
  as_bot: flag.default(false),
});

export type StreamQuery = z.infer<typeof streamQuery>;

export function streamOptions(query: StreamQuery): StreamOptions {
  return {
    keepAliveMs: query.keep_alive === 0 ? 0 : Math.max(query.keep_alive, MIN_KEEP_ALIVE_MS),
    delayedStartMs: Math.min(query.delayed_start, MAX_DELAYED_START_MS),
    doubleFrame: query.double_frame,
    fps: query.fps,
  };
}
