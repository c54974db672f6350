/** @param value `*`, which is true of all, or a list of entity tags */
function lists(value: string, isIt: (candidate: string) => boolean): boolean {
  return value.trim() === '*' || value.split(',').some((candidate) => isIt(candidate.trim()));
}

/**
 * Whether an `If-None-Match` value names this entity tag: compared weakly (RFC 9110, section 13.1.2).
 *
 * @param tag opaque, without quotes
 */
export function namesEtag(value: string, tag: string): boolean {
  return lists(value, (candidate) => candidate.replace(/^W\//, '') === etagHeader(tag));
}

/** Whether an `If-Match` value does: compared strongly (section 13.1.1), so that a weak one, `W/"…"`, never matches. */
export function matchesEtag(value: string, tag: string): boolean {
  return lists(value, (candidate) => candidate === etagHeader(tag));
}

/** The `ETag` header of a session or frame. */
export function etagHeader(tag: string): string {
  return `"${tag}"`;
}
