import { z } from 'zod';
import type { StreamOptions } from '../frames/lanes.ts';
import { frameEvents } from './frame-events.ts';
import { DOUBLED_MULTIPART, MULTIPART } from './multipart.ts';

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const MAX_DELAYED_START_MS = 60_000;
const MIN_KEEP_ALIVE_MS = 1000;

/** See `VisitOf`. */
export const viewQuery = z.object({
  view: z.string().optional().meta({ description: 'The token of a view link, for a private session.' }),
});

export const streamQuery = viewQuery.extend({
  keep_alive: wholeNumber
    .default(30_000)
    .meta({ description: 'Milliseconds between repeats on a silent stream; 0: none.' }),
  delayed_start: wholeNumber.default(0).meta({ description: 'Milliseconds from the first frame to the next.' }),
  double_frame: flag.default(false).meta({ description: 'Send every frame twice.' }),
  fps: wholeNumber
    .pipe(z.int().min(1).max(120))
    .default(30)
    .meta({ description: 'Frames per second at most, 1–120; 30 if absent.' }),
  delta: flag.optional().meta({
    description:
      'Send what has changed since the frame before, as gzip, to a client that accepts it; if absent, to an `<img>` of a picture that is not private.',
  }),
  as_bot: flag.default(false).meta({ description: 'Give the picture even to a browser that navigates.' }),
});

export type StreamQuery = z.infer<typeof streamQuery>;

export const eventsQuery = streamQuery.pick({ view: true, fps: true }).extend({
  keep_alive: wholeNumber
    .default(12_000)
    .meta({ description: 'Milliseconds between comments on a silent stream; 0: none.' }),
});

export type EventsQuery = z.infer<typeof eventsQuery>;

/** @param ms 0: never */
function keepAliveMs(ms: number): number {
  return ms === 0 ? 0 : Math.max(ms, MIN_KEEP_ALIVE_MS);
}

export function streamOptions(query: StreamQuery): StreamOptions {
  return {
    representation: query.double_frame ? DOUBLED_MULTIPART : MULTIPART,
    keepAliveMs: keepAliveMs(query.keep_alive),
    delayedStartMs: Math.min(query.delayed_start, MAX_DELAYED_START_MS),
    fps: query.fps,
  };
}

/** @param after id of the frame that the viewer has; '' is that of none */
export function eventsOptions({ fps, keep_alive }: EventsQuery, after: string): StreamOptions {
  return { representation: frameEvents(after), fps, keepAliveMs: keepAliveMs(keep_alive), delayedStartMs: 0 };
}
