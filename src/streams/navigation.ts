import type { IncomingHttpHeaders } from 'node:http';

const EMBEDDED = new Set(['iframe', 'object', 'embed']);

/**
 * Where a browser that navigates to a picture is sent: to the session's page, or in a frame to the bare one.
 * Null: this is no navigation, give it the picture. Sec-Fetch-* are those of the Fetch Metadata specification (W3C).
 */
export function pageFor(headers: IncomingHttpHeaders): '/session/' | '/live/' | null {
  const hasFetchMetadata = Object.keys(headers).some((name) => name.startsWith('sec-fetch-'));
  const navigates = hasFetchMetadata
    ? headers['sec-fetch-mode'] === 'navigate'
    : (headers.accept ?? '').includes('text/html');
  if (!navigates) return null;
  return EMBEDDED.has(String(headers['sec-fetch-dest'])) ? '/live/' : '/session/';
}
