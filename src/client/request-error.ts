/** One of the server's error codes, or `UNREACHABLE`: no answer came. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'BAD_USER_INPUT'
  | 'TEMPLATE_ERROR'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL'
  | 'UNREACHABLE';

/** What the server refused. Its message is made for people. */
export class RequestError extends Error {
  readonly code: ErrorCode;
  /** What else the code carries: `line` and `column` of TEMPLATE_ERROR, `retryAfterSeconds` of RATE_LIMITED. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.details = details;
  }
}

interface GraphqlError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The first of the errors that an operation was answered with. */
export function requestError(errors: readonly GraphqlError[]): RequestError {
  const [{ message, extensions: { code, ...details } = {} } = { message: 'The server gave no answer.' }] = errors;
  return new RequestError((code as ErrorCode | undefined) ?? 'INTERNAL', message, details);
}

export function unreachable(cause: unknown): RequestError {
  const error = new RequestError('UNREACHABLE', 'The server cannot be reached.');
  error.cause = cause;
  return error;
}
