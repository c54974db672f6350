import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { randomName } from '../random-name.ts';

const ID_LENGTH = 16;

/** 165 bits. */
const SECRET_LENGTH = 32;

/** 36^7 is the first power above 2^32. */
const CHECKSUM_LENGTH = 7;

/** How each kind begins, so that people and secret scanners know it wherever it is found, and how many secrets it holds. */
const KINDS = {
  'refresh token': { prefix: 'rsvr_', secrets: 2 },
  'API key': { prefix: 'rsvg_', secrets: 1 },
} as const;

export type OpaqueKind = keyof typeof KINDS;

/**
 * Refresh tokens and API keys: prefix, uid of the account, id of the sign-in or key, secrets, checksum. The checksum is
 * no defence: it tells a token that was cut or mistyped, or never was one, without asking the store.
 */
export interface OpaqueToken {
  readonly uid: string;
  /** `sid` or `keyId`. */
  readonly id: string;
  /** Of 32 characters each. */
  readonly secrets: readonly string[];
}

function checksum(text: string): string {
  return crc32(text).toString(36).padStart(CHECKSUM_LENGTH, '0');
}

/** An id for an account, a sign-in or an API key: 83 bits. */
export function newOpaqueId(): string {
  return randomName(ID_LENGTH);
}

export function newSecret(): string {
  return randomName(SECRET_LENGTH);
}

export function makeOpaqueToken(kind: OpaqueKind, { uid, id, secrets }: OpaqueToken): string {
  const text = `${KINDS[kind].prefix}${uid}${id}${secrets.join('')}`;
  return text + checksum(text);
}

/** @returns null for anything that we never made */
export function readOpaqueToken(kind: OpaqueKind, text: string): OpaqueToken | null {
  const { prefix, secrets } = KINDS[kind];
  const rest = text.slice(prefix.length);
  if (!isOpaque(kind, text) || rest.length !== 2 * ID_LENGTH + secrets * SECRET_LENGTH + CHECKSUM_LENGTH) return null;
  if (!/^[a-z0-9]*$/.test(rest) || !text.endsWith(checksum(text.slice(0, -CHECKSUM_LENGTH)))) return null;
  const cut = (at: number, length: number) => rest.slice(at, at + length);
  return {
    uid: cut(0, ID_LENGTH),
    id: cut(ID_LENGTH, ID_LENGTH),
    secrets: Array.from({ length: secrets }, (_, n) => cut(2 * ID_LENGTH + n * SECRET_LENGTH, SECRET_LENGTH)),
  };
}

/** Whether it looks like one, be it good or not. */
export function isOpaque(kind: OpaqueKind, text: string): boolean {
  return text.startsWith(KINDS[kind].prefix);
}

/** SHA-256, base64url: all that a store keeps. A secret has too many bits to be guessed, so no slow hash is needed. */
export function hashSecret(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
