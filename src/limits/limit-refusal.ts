import { Refusal } from '../errors.ts';
import { POLICIES, type PolicyName } from './policies.ts';

const inSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

/**
 * RATE_LIMITED with `retryAfterSeconds`; for programs also which `limit` it was, of how many (`max`) in how long
 * (`windowSeconds`).
 */
export function limitRefusal(limit: PolicyName, resetMs: number): Refusal {
  const { points: max, windowMs, counts } = POLICIES[limit];
  const [retryAfterSeconds, windowSeconds] = [inSeconds(resetMs), inSeconds(windowMs)];
  const message = `At most ${max} in ${windowSeconds} s: ${counts}. Try again in ${retryAfterSeconds} s.`;
  return new Refusal('RATE_LIMITED', message, { retryAfterSeconds, limit, max, windowSeconds });
}

/** The same for who must wait because of failures. */
export function delayRefusal(waitMs: number): Refusal {
  const retryAfterSeconds = inSeconds(waitMs);
  const message = `There were too many failed sign-ins one after another; try again in ${retryAfterSeconds} s.`;
  return new Refusal('RATE_LIMITED', message, { retryAfterSeconds, limit: 'signInDelay' });
}
