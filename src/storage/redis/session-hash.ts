import type { SessionId } from '../../sessions/session-id.ts';
import type { SessionAccess, ViewLinkRecord, Visibility } from '../session-access.ts';
import type { SessionHead, StoredFrame, StoredSession } from '../session-store.ts';

/**
 * A session is one hash. Each list of fields is read and answered in its own order; an empty text means null. `visibility`
 * and `access` are missing as long as they are `public` and 0, `links` while there never was one.
 */
export const HEAD_FIELDS = [
  ...(['epoch', 'version', 'revision', 'createdAt', 'updatedAt', 'ttlMs', 'expiresAt'] as const),
  ...(['visibility', 'access'] as const),
] as const;
export const ALL_FIELDS = [...HEAD_FIELDS, 'template', 'args', 'svg', 'warnings'] as const;
export const STAMP_FIELDS = ['epoch', 'version', 'access'] as const;
export const FRAME_FIELDS = ['epoch', 'version', 'updatedAt', 'svg', 'access'] as const;
export const ACCESS_FIELDS = ['epoch', 'visibility', 'access', 'links'] as const;

/** Values of some fields, as HMGET answers. */
export type FieldValues = readonly (string | null)[];

export function decodeHead(id: SessionId, values: FieldValues): SessionHead {
  const [epoch, version, revision, createdAt, updatedAt, ttlMs, expiresAt, visibility, access] = values;
  return {
    id,
    epoch: text(epoch),
    version: Number(version),
    revision: Number(revision),
    createdAt: Number(createdAt),
    updatedAt: Number(updatedAt),
    ttlMs: numberOrNull(ttlMs),
    expiresAt: numberOrNull(expiresAt),
    visibility: visibilityOf(visibility),
    access: Number(access ?? 0),
  };
}

/** @returns null if the hash is not there. */
export function decodeSession(id: SessionId, values: FieldValues): StoredSession | null {
  if (typeof values[0] !== 'string') return null;
  const [template, args, svg, warnings] = values.slice(HEAD_FIELDS.length);
  return {
    template: text(template),
    args: text(args),
    svg: text(svg),
    warnings: JSON.parse(text(warnings)),
    ...decodeHead(id, values),
  };
}

/** @returns null if the hash is not there. */
export function decodeFrame([epoch, version, updatedAt, svg, access]: FieldValues): StoredFrame | null {
  if (typeof epoch !== 'string') return null;
  return {
    epoch,
    version: Number(version),
    renderedAt: Number(updatedAt),
    svg: text(svg),
    access: Number(access ?? 0),
  };
}

/** @returns null if the hash is not there. */
export function decodeAccess([epoch, visibility, access, links]: FieldValues): SessionAccess | null {
  if (typeof epoch !== 'string') return null;
  return { epoch, visibility: visibilityOf(visibility), access: Number(access ?? 0), links: decodeLinks(links ?? '') };
}

/** Each link is a line: id, when it was made, when it expires or `-`, frames per second or `-`. */
function decodeLinks(lines: string): ViewLinkRecord[] {
  const numberOf = (word: string | undefined) => (word === '-' ? null : Number(word));
  return [...lines.matchAll(/^(\S+) (\S+) (\S+) (\S+)$/gm)].map(([, linkId = '', createdAt, expiresAt, maxFps]) => ({
    ...{ linkId, createdAt: Number(createdAt), expiresAt: numberOf(expiresAt), maxFps: numberOf(maxFps) },
  }));
}

function visibilityOf(value: string | null | undefined): Visibility {
  return value === 'private' ? 'private' : 'public';
}

function text(value: string | null | undefined): string {
  if (typeof value !== 'string') throw new Error('A session in Redis lacks a field.');
  return value;
}

function numberOrNull(value: string | null | undefined): number | null {
  return text(value) === '' ? null : Number(value);
}
