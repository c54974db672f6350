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

/** Where a session is found. @param base `http://127.0.0.1:3000`, or empty for addresses on the same host */
export function sessionUrls(base: string, id: SessionId): SessionUrls {
  const path = pastablePath(id);
  return {
    stream: `${base}/stream/${path}`,
    snapshot: `${base}/snapshot/${path}`,
    page: `${base}/session/${path}`,
    live: `${base}/live/${path}`,
  };
}
