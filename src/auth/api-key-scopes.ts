import { Refusal } from '../errors.ts';
import { formatSessionId, parseSessionId } from '../sessions/session-id.ts';
import type { ApiKeyRecord } from '../storage/api-key-store.ts';

type PushOnly = ApiKeyRecord['pushOnly'];

export const ALL = 'all';
export const PUSH = 'push:';

const MAX_SCOPES = 100;

/** They travel in each token that is exchanged for the key, and Node takes 16 KiB of headers. */
const MAX_BYTES = 4096;

const refuse = (message: string) => new Refusal('BAD_USER_INPUT', message);

/**
 * What a key may do, as its maker wrote it: null or `["all"]`, or entries `push:<session id>`.
 *
 * @throws Refusal BAD_USER_INPUT, FORBIDDEN for a session of somebody else
 */
export function readScopes(scopes: readonly string[] | null, userId: string): PushOnly {
  if (scopes === null || (scopes.length === 1 && scopes[0] === ALL)) return null;
  if (scopes.length === 0 || scopes.length > MAX_SCOPES) {
    throw refuse(`An API key has 1 to ${MAX_SCOPES} scopes; leave them out for all that is yours.`);
  }
  if (scopes.includes(ALL)) throw refuse(`The scope "${ALL}" stands alone.`);
  const pushOnly = [...new Set(scopes.map((scope) => pushedTo(scope, userId)))];
  if (Buffer.byteLength(JSON.stringify(pushOnly)) <= MAX_BYTES) return pushOnly;
  throw refuse(`The scopes of an API key have at most ${MAX_BYTES} bytes together; make two keys.`);
}

function pushedTo(scope: string, userId: string): string {
  if (!scope.startsWith(PUSH)) throw refuse(`A scope is "${ALL}" or "${PUSH}<session id>".`);
  const id = parseSessionId(scope.slice(PUSH.length));
  if (id.owner === null || id.owner === userId) return formatSessionId(id);
  throw new Refusal('FORBIDDEN', `The session ${JSON.stringify(formatSessionId(id))} belongs to somebody else.`);
}
