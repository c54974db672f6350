import { type SessionId, sessionPath } from '../sessions/session-id.ts';

/**
 * The id as a path that can be pasted anywhere: encodeURIComponent leaves characters that end a URL in Markdown or
 * a string in a shell.
 */
function pastablePath(id: SessionId): string {
  return sessionPath(id).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export interface SessionUrls {
  readonly stream: string;
  readonly snapshot: string;
  readonly page: string;
  readonly live: string;
}

/**
 * Where a session is found.
 *
 * @param base `http://127.0.0.1:3000`, or empty for addresses on the same host
 * @param link the token of a view link; null: none. The page is not seen by one
 */
export function sessionUrls(base: string, id: SessionId, link: string | null = null): SessionUrls {
  const path = pastablePath(id);
  const query = link === null ? '' : `?view=${encodeURIComponent(link)}`;
  return {
    stream: `${base}/stream/${path}${query}`,
    snapshot: `${base}/snapshot/${path}${query}`,
    page: `${base}/session/${path}`,
    live: `${base}/live/${path}${query}`,
  };
}
