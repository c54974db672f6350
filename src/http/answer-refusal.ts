import type { FastifyReply, FastifyRequest } from 'fastify';
import { asRefusal, type ErrorCode, Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { retryHeaders } from './retry-headers.ts';
import { statusOf } from './status.ts';

/** The codes and words for what the framework itself refuses, by its status. None of its own may show. */
const FRAMEWORK_REFUSALS = new Map<number, readonly [ErrorCode, string]>([
  [400, ['BAD_USER_INPUT', 'The request could not be read: send well-formed JSON and a well-formed URL.']],
  [404, ['NOT_FOUND', 'There is nothing at this path.']],
  [405, ['BAD_USER_INPUT', 'This method is not possible here.']],
  [
    413,
    [
      'PAYLOAD_TOO_LARGE',
      'The request body is too large: 2 × (MAX_TEMPLATE_BYTES + MAX_ARGS_BYTES) + 65,536 bytes are allowed.',
    ],
  ],
  [414, ['BAD_USER_INPUT', 'The path is too long.']],
  [415, ['UNSUPPORTED_MEDIA_TYPE', 'Send "Content-Type: application/json".']],
]);

interface Thrown {
  readonly statusCode?: unknown;
}

/** What to answer when this was thrown while a request was handled. */
export function refusalOf(thrown: unknown, log: Log): { readonly refusal: Refusal; readonly status: number } {
  const status = (thrown as Thrown | null)?.statusCode;
  if (thrown instanceof Refusal) {
    return { refusal: asRefusal(thrown, log), status: typeof status === 'number' ? status : statusOf(thrown.code) };
  }
  const framework = typeof status === 'number' && status < 500 ? FRAMEWORK_REFUSALS.get(status) : undefined;
  if (framework !== undefined) return { refusal: new Refusal(...framework), status: status as number };
  const refusal = asRefusal(thrown, log);
  return { refusal, status: statusOf(refusal.code) };
}

/** The body of every refusal over REST: `{"error", "code"}` and, beside them, what the code carries. */
export function refusalBody(refusal: Refusal) {
  return { error: refusal.message, code: refusal.code, ...refusal.details };
}

/** The header of a 401 (RFC 6750 section 3): without an error code when nothing was presented. */
function bearerChallenge(presented: boolean): string {
  return presented ? 'Bearer realm="realtime-svg", error="invalid_token"' : 'Bearer realm="realtime-svg"';
}

/**
 * The framework would close the connection of a body that is too long. A client that still sends it would then meet a
 * reset before it reads why; so the rest is read and dropped, as long as a request may take.
 */
export function readOn(reply: FastifyReply): void {
  reply.removeHeader('connection');
}

export function answerRefusal(request: FastifyRequest, reply: FastifyReply, thrown: unknown, log: Log) {
  const { refusal, status } = refusalOf(thrown, log);
  if (status === 401) reply.header('www-authenticate', bearerChallenge(request.headers.authorization !== undefined));
  reply.headers(retryHeaders(refusal));
  if (status === 413) readOn(reply);
  // A condition in a header that fails has a status of its own (RFC 9110, section 13.1).
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  const conditionFailed = refusal.code === 'CONFLICT' && (ifMatch ?? ifNoneMatch) !== undefined;
  return reply
    .code(conditionFailed ? 412 : status)
    .type('application/json; charset=utf-8')
    .send(refusalBody(refusal));
}
