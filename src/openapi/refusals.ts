import type { Operation } from '../http/operation.ts';

const DESCRIPTIONS = new Map([
  [400, 'The request cannot be read, or a name or value in it is impossible.'],
  [401, 'A token is needed, or the one sent is malformed, expired or not ours.'],
  [403, "The session is somebody else's."],
  [404, 'There is no such session, or it has expired.'],
  [409, 'The name is taken.'],
  [412, 'The condition in `If-Match` does not hold; `version` and `etag` say what stands.'],
  [413, 'Template, args or body are too large.'],
  [414, 'The path is too long.'],
  [415, 'The body is not `application/json` in UTF-8, or has a content coding.'],
  [422, 'JSON of the wrong shape, or a template that does not work; then with `line` and `column` where known.'],
  [429, 'Too many of these, or too much stored; `limit` says which, `retryAfterSeconds` and `Retry-After` when again.'],
  [500, 'A bug of ours; the message names an id in the log.'],
  [503, 'The store is out of reach, or the server is busy or shutting down.'],
]);

export function refusalDescription(status: number): string {
  const description = DESCRIPTIONS.get(status);
  if (description === undefined) throw new Error(`No description of refusals with the status ${status}.`);
  return description;
}

interface Parts {
  readonly parameters: boolean;
  readonly query: boolean;
  readonly body: boolean;
}

/** Every status with which an operation may be refused, in order. */
export function refusalStatuses({ token, condition, refusals = [] }: Operation, has: Parts): readonly number[] {
  const statuses = [
    500,
    ...refusals,
    ...(has.parameters ? [400, 414] : []),
    ...(has.query ? [400] : []),
    ...(has.body ? [400, 413, 415, 422, 429] : []),
    // A token is checked against keys, which are in the store; API keys that are wrong are counted.
    ...(token === undefined ? [] : [401, 429, 503]),
    ...(token === 'required' ? [403] : []),
    ...(condition === 'If-Match' ? [412] : []),
  ];
  return [...new Set(statuses)].sort((a, b) => a - b);
}
