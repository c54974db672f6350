import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** No salt (RFC 5869, section 3.1): the token has 165 random bits, more than anybody searches through. */
const NO_SALT = '';
const PURPOSE = 'realtime-svg refresh answer';

/** Stands where a refresh token was used up and answered no pair: to sign out. */
export const NO_ANSWER = '';

function keyOf(token: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', token, NO_SALT, PURPOSE, KEY_BYTES));
}

/** Encrypts an answer so that only who holds this token can read it: AES-256-GCM, key by HKDF-SHA-256 (RFC 5869). */
export function sealAnswer(token: string, answer: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(token), nonce);
  const text = Buffer.concat([cipher.update(answer, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

/** @throws Error for another token, or bytes that `sealAnswer` did not write */
export function openAnswer(token: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(CIPHER, keyOf(token), bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
