import type { FastifyReply } from 'fastify';
import { Refusal } from '../errors.ts';
import { readOn } from '../http/answer-refusal.ts';
import { retryHeaders } from '../http/retry-headers.ts';
import { statusOf } from '../http/status.ts';
import { errorBody } from './present-error.ts';

/** An answer that no operation gave, in GraphQL's shape. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, status = statusOf(refusal.code)) {
  if (status === 413) readOn(reply);
  return reply
    .headers(retryHeaders(refusal))
    .status(status)
    .type('application/json; charset=utf-8')
    .send(errorBody(refusal));
}

const FRAMEWORK_REFUSALS = new Map<string, Refusal>([
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the operation as JSON, with "Content-Type: application/json".'),
  ],
]);

/** What Fastify throws while it reads a request, in our words. Anything else comes back as it is. */
export function fromFramework(thrown: unknown, maxBodyBytes: number): unknown {
  if (!(thrown instanceof Error && 'code' in thrown && 'statusCode' in thrown)) return thrown;
  const known = FRAMEWORK_REFUSALS.get(String(thrown.code));
  if (known) return known;
  if (thrown.statusCode === 413) {
    return new Refusal('PAYLOAD_TOO_LARGE', `The body may have ${maxBodyBytes} bytes at most.`);
  }
  return Number(thrown.statusCode) < 500 ? new Refusal('BAD_USER_INPUT', thrown.message) : thrown;
}
