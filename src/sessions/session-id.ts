import { Refusal } from '../errors.ts';

/** The one address of a session: `name` (public, `owner` is null) or `owner/name`. */
export interface SessionId {
  readonly owner: string | null;
  readonly name: string;
}

const MAX_NAME_CODE_POINTS = 128;

/**
 * Brings an owner's or session's name to its stored form: trimmed, NFC.
 *
 * @param text 1–128 code points after trimming; no control character, no `/`, no lone surrogate, not `.` or `..`.
 * @param what how the message calls it, for example `session name`.
 * @throws Refusal BAD_USER_INPUT
 */
export function parseName(text: string, what: string): string {
  const refuse = (why: string) => new Refusal('BAD_USER_INPUT', `The ${what} ${why}.`);
  if (!text.isWellFormed()) throw refuse('contains half of a surrogate pair, which is no character');
  const name = text.trim().normalize('NFC');
  if (name === '') throw refuse('is empty; give it 1 to 128 characters');
  // A string has at least half as many code points as code units: skip the exact count for what is surely too long.
  if (name.length > 2 * MAX_NAME_CODE_POINTS || [...name].length > MAX_NAME_CODE_POINTS) {
    throw refuse('is longer than 128 characters');
  }
  if (/[\p{Cc}/]/u.test(name)) throw refuse('contains a control character or "/"');
  if (name === '.' || name === '..') throw refuse('may not be "." or ".."');
  return name;
}

/** Reads `name` or `owner/name`. @throws Refusal BAD_USER_INPUT */
export function parseSessionId(text: string): SessionId {
  const slash = text.indexOf('/');
  if (slash === -1) return { owner: null, name: parseName(text, 'session name') };
  return { owner: parseName(text.slice(0, slash), 'owner'), name: parseName(text.slice(slash + 1), 'session name') };
}

/** `name` or `owner/name`, the inverse of `parseSessionId`. Unambiguous, since no name contains `/`. */
export function formatSessionId(id: SessionId): string {
  return id.owner === null ? id.name : `${id.owner}/${id.name}`;
}

/** The id as a URL path, each segment percent-encoded: `owner/na%20me`. */
export function sessionPath(id: SessionId): string {
  const name = encodeURIComponent(id.name);
  return id.owner === null ? name : `${encodeURIComponent(id.owner)}/${name}`;
}
