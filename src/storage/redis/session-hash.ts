import type { SessionId } from '../../sessions/session-id.ts';
import type { SessionHead, StoredFrame, StoredSession } from '../session-store.ts';

/** A session is one hash. Each list of fields is read and answered in its own order; an empty text means null. */
export const HEAD_FIELDS = ['epoch', 'version', 'revision', 'createdAt', 'updatedAt', 'ttlMs', 'expiresAt'] as const;
export const ALL_FIELDS = [...HEAD_FIELDS, 'template', 'args', 'svg', 'warnings'] as const;
export const STAMP_FIELDS = ['epoch', 'version'] as const;
export const FRAME_FIELDS = ['epoch', 'version', 'updatedAt', 'svg'] as const;

/** Values of some fields, as HMGET answers. */
export type FieldValues = readonly (string | null)[];

export function decodeHead(id: SessionId, values: FieldValues): SessionHead {
  const [epoch, version, revision, createdAt, updatedAt, ttlMs, expiresAt] = values;
  return {
    id,
    epoch: text(epoch),
    version: Number(version),
    revision: Number(revision),
    createdAt: Number(createdAt),
    updatedAt: Number(updatedAt),
    ttlMs: numberOrNull(ttlMs),
    expiresAt: numberOrNull(expiresAt),
  };
}

/** @returns null if the hash is not there. */
export function decodeSession(id: SessionId, values: FieldValues): StoredSession | null {
  if (typeof values[0] !== 'string') return null;
  const [template, args, svg, warnings] = values.slice(HEAD_FIELDS.length);
  return {
    ...decodeHead(id, values),
    template: text(template),
    args: text(args),
    svg: text(svg),
    warnings: JSON.parse(text(warnings)),
  };
}

/** @returns null if the hash is not there. */
export function decodeFrame([epoch, version, updatedAt, svg]: FieldValues): StoredFrame | null {
  if (typeof epoch !== 'string') return null;
  return { epoch, version: Number(version), renderedAt: Number(updatedAt), svg: text(svg) };
}

function text(value: string | null | undefined): string {
  if (typeof value !== 'string') throw new Error('A session in Redis lacks a field.');
  return value;
}

function numberOrNull(value: string | null | undefined): number | null {
  return text(value) === '' ? null : Number(value);
}
