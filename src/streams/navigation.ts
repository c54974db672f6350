import type { IncomingHttpHeaders } from 'node:http';
import { type SessionId, sessionPath } from '../sessions/session-id.ts';
import type { Visit } from './visit.ts';

type Page = '/session/' | '/live/';

const EMBEDDED = new Set(['iframe', 'object', 'embed']);

/**
 * Where a browser that navigates to a picture is sent: to the session's page, or in a frame to the bare one.
 * Null: this is no navigation, give it the picture. Sec-Fetch-* are those of the Fetch Metadata specification (W3C).
 */
export function pageFor(headers: IncomingHttpHeaders): Page | null {
  const hasFetchMetadata = Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));
  const navigates = hasFetchMetadata
    ? headers['sec-fetch-mode'] === 'navigate'
    : (headers.accept ?? '').includes('text/html');
  if (!navigates) return null;
  return EMBEDDED.has(String(headers['sec-fetch-dest'])) ? '/live/' : '/session/';
}

/** Its address. Who comes by a view link sees the bare page, for the session's own asks for its owner. */
export function pageUrl(page: Page, id: SessionId, { visitor: { link } }: Visit): string {
  return link === null ? page + sessionPath(id) : `/live/${sessionPath(id)}?view=${encodeURIComponent(link)}`;
}
