import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 6;

/** Encrypts what is kept in the store: AES-256-GCM (NIST SP 800-38D), a random nonce of 96 bits each time. */
export interface EncryptionKey {
  /** 12 hexadecimal digits that tell one key from another and nothing about it: they may stand in records and messages. */
  readonly id: string;
  /** @param context for whom the secret is, authenticated with it: what was sealed for one opens for no other */
  seal(secret: string, context: string): string;
  /** @throws Error for another key, another context, or a text that `seal` did not write */
  open(sealed: string, context: string): string;
}

/** @param bytes 32 of them */
export function createEncryptionKey(bytes: Uint8Array): EncryptionKey {
  const id = Buffer.from(hkdfSync('sha256', bytes, '', 'realtime-svg encryption key id', ID_BYTES)).toString('hex');

  return {
    id,
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, bytes, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, context) {
      const box = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(CIPHER, bytes, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString('utf8');
    },
  };
}
