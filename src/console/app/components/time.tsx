import { fullTime, relativeTime } from '../language/times.ts';

/** How long ago, or in how long; the exact time where the pointer rests. */
export function Time({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={fullTime(at)}>
      {relativeTime(at)}
    </time>
  );
}
