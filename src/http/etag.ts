/**
 * Tells whether an `If-Match` or `If-None-Match` value (RFC 9110, section 13.1) names this entity tag.
 *
 * @param tag opaque, without quotes
 */
export function namesEtag(header: string, tag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === `"${tag}"`);
}

/** The `ETag` header of a session or frame. */
export function etagHeader(tag: string): string {
  return `"${tag}"`;
}
