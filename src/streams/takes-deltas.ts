import type { IncomingHttpHeaders } from 'node:http';
import { acceptsCoding } from '../http/accepts-coding.ts';

/** As each browser's `Accept` does for an `<img>`, and that of no library for whatever it fetches. */
const NAMES_IMAGES = /(?:^|,)\s*image\//i;

/** What whether a stream is sent as deltas depends on, for `Vary`. */
export const DELTAS_DEPEND_ON = 'Accept, Accept-Encoding';

/**
 * Whether a client is sent deltas. Libraries ask for gzip without being told to, and those that wait for a full buffer or
 * hand over the body as it came would show a small delta late or not at all, so they are not chosen for.
 *
 * @param wish null: none was made
 * @param isPersonal the picture may be for this one alone: how small a delta is tells of what is in it
 */
export function takesDeltas(headers: IncomingHttpHeaders, wish: boolean | null, isPersonal: boolean): boolean {
  const wanted = wish ?? (!isPersonal && NAMES_IMAGES.test(headers.accept ?? ''));
  return wanted && acceptsCoding(headers['accept-encoding'], 'gzip');
}
