import type { RequestError } from '../../client/request-error.ts';

const AGAIN_MS = 2000;

/** When to ask again for what could not be had and goes away by itself, in ms; null: asking again would not help. */
export function retryDelay({ code, details }: RequestError): number | null {
  if (code === 'RATE_LIMITED') return Math.max(AGAIN_MS, Number(details.retryAfterSeconds ?? 10) * 1000);
  return code === 'UNREACHABLE' || code === 'UNAVAILABLE' ? AGAIN_MS : null;
}
