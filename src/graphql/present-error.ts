import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';
import { asRefusal, ERROR_CODES, type ErrorCode, type Refusal } from '../errors.ts';
import { statusOf } from '../http/status.ts';
import type { Log } from '../log.ts';

/** The same error at the same place. */
export function withExtensions(error: GraphQLError, extensions: GraphQLErrorExtensions): GraphQLError {
  const { message, nodes, source, positions, path } = error;
  return new GraphQLError(message, {
    ...{ nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null },
    extensions,
  });
}

function deepest(error: GraphQLError): unknown {
  const { originalError } = error;
  if (originalError === undefined) return error;
  return originalError instanceof GraphQLError ? deepest(originalError) : originalError;
}

/** Some errors pass here twice. */
function isOurs({ extensions: { code } }: GraphQLError): boolean {
  return ERROR_CODES.some((known) => known === code);
}

/** Of graphql's own errors, those with a place in the document or without a path are the client's mistake. */
function isClientMistake(error: GraphQLError): boolean {
  return error.nodes !== undefined || error.path === undefined;
}

function codeOf(status: number | undefined): ErrorCode {
  return status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT';
}

/**
 * What a client sees of anything that was thrown while an operation was read or run: message, place, and as extensions
 * the code and its details. A bug is shown as INTERNAL with an id. `extensions.http` is for the HTTP transport alone.
 */
export function presentError(thrown: unknown, log: Log): GraphQLError {
  const located = thrown instanceof GraphQLError ? thrown : null;
  if (located !== null && isOurs(located)) return located;
  const cause = located === null ? thrown : deepest(located);
  if (located !== null && cause instanceof GraphQLError && isClientMistake(cause)) {
    const { http, code } = located.extensions;
    // Of all that keeps an operation from running Yoga leaves this one out of section 6.4.1 (see `COULD_NOT_RUN`).
    const spec = code === 'OPERATION_RESOLUTION_FAILURE' ? { spec: true } : {};
    return withExtensions(located, { code: codeOf(http?.status), ...(http && { http: { ...http, ...spec } }) });
  }
  const refusal = asRefusal(cause, log);
  return withExtensions(
    new GraphQLError(refusal.message, {
      ...(located?.nodes ? { nodes: located.nodes } : {}),
      ...(located?.path ? { path: located.path } : {}),
    }),
    {
      code: refusal.code,
      ...refusal.details,
      // Without a path it was thrown before the operation ran.
      ...(located?.path ? {} : { http: { status: statusOf(refusal.code) } }),
    },
  );
}

/** Outside HTTP there is no status to be told. */
export function withoutHttp(error: GraphQLError): GraphQLError {
  const { http: _http, ...extensions } = error.extensions;
  return withExtensions(error, extensions);
}

/** The body of an answer that no operation gave. */
export function errorBody({ message, code, details }: Refusal): string {
  return JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] });
}
