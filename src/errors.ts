import { randomUUID } from 'node:crypto';
import type { JsonValue } from './json.ts';
import type { Log } from './log.ts';

/** Every code a client can meet, on every transport. The list is API: codes are added, never renamed. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'BAD_USER_INPUT',
  'TEMPLATE_ERROR',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a code carries beside its message, for example `line` and `column`. */
export type ErrorDetails = Readonly<Record<string, JsonValue>>;

/**
 * A refusal that the client may read: the message is shown as it is, so it names the mend and holds no secret.
 * Anything else that is thrown is a bug and is shown as INTERNAL.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

/** Tells the log what the operator has to mend. Security events are told where it is known whom they concern. */
function note({ code, message, cause }: Refusal, log: Log): void {
  if (code === 'UNAVAILABLE') log.warn({ event: 'refused', code, cause: String(cause ?? 'load') }, message);
}

/** What a client sees of anything that was thrown. A bug becomes INTERNAL with an id that stands in the log beside its cause. */
export function asRefusal(thrown: unknown, log: Log): Refusal {
  if (thrown instanceof Refusal) {
    note(thrown, log);
    return thrown;
  }
  const id = randomUUID();
  log.error({ id, err: thrown }, 'internal error');
  return new Refusal('INTERNAL', `Something went wrong here; the log has it under ${id}.`, { id });
}
