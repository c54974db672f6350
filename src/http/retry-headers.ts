import type { Refusal } from '../errors.ts';

export const RATE_LIMIT_HEADERS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;

/**
 * `Retry-After` (RFC 9110, section 10.2.3) of a refusal that names `retryAfterSeconds`. If it names a rate too, `max` in
 * `windowSeconds`, also the three headers of draft-ietf-httpapi-ratelimit-headers as they were up to its version 06 and
 * as clients know them; later versions have them in one.
 */
export function retryHeaders({ details }: Refusal): Readonly<Record<string, string>> {
  const { retryAfterSeconds, max, windowSeconds } = details;
  if (typeof retryAfterSeconds !== 'number') return {};
  const seconds = String(retryAfterSeconds);
  if (windowSeconds === undefined) return { 'Retry-After': seconds };
  const [limit, remaining, reset] = RATE_LIMIT_HEADERS;
  return { 'Retry-After': seconds, [limit]: String(max), [remaining]: '0', [reset]: seconds };
}
