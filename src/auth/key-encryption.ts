import { Refusal } from '../errors.ts';
import type { KeyStore } from '../storage/key-store.ts';
import { createEncryptionKey, type EncryptionKey } from './encryption-key.ts';
import { damaged, type PrivateHalf, readStoredKeys, type StoredKey } from './stored-keys.ts';

/** How private halves are kept. */
export interface KeyEncryption {
  /** null: as they are. */
  readonly current: EncryptionKey | null;
  /** Opens what it sealed, and seals nothing; null: there was none. */
  readonly previous: EncryptionKey | null;
}

/** The two settings: 32 bytes each, or null. */
export interface KeyEncryptionSettings {
  readonly keyEncryptionKey: Uint8Array | null;
  readonly keyEncryptionKeyPrevious: Uint8Array | null;
}

export const NOT_ENCRYPTED: KeyEncryption = { current: null, previous: null };

export function keyEncryptionOf({ keyEncryptionKey, keyEncryptionKeyPrevious }: KeyEncryptionSettings): KeyEncryption {
  const of = (bytes: Uint8Array | null) => (bytes === null ? null : createEncryptionKey(bytes));
  return { current: of(keyEncryptionKey), previous: of(keyEncryptionKeyPrevious) };
}

function keyFor(id: string, { current, previous }: KeyEncryption): EncryptionKey {
  const known = [current, previous].find((key) => key?.id === id);
  if (known) return known;
  const encrypted = `The signing keys in the store are encrypted by the key with the id ${id}`;
  const mend =
    current === null
      ? 'and KEY_ENCRYPTION_KEY is not set; set it to that key.'
      : `and KEY_ENCRYPTION_KEY has the id ${current.id}; set it to that key, or, to replace that key by this one, set ` +
        'KEY_ENCRYPTION_KEY_PREVIOUS to that key.';
  throw new Refusal('UNAVAILABLE', `${encrypted}, ${mend}`);
}

/** @throws Refusal UNAVAILABLE when one of them was encrypted by a key that is not set; the message says which */
export function assertOpens(keys: readonly StoredKey[], encryption: KeyEncryption): void {
  for (const { privateHalf } of keys) {
    const by = privateHalf?.encryptedBy ?? null;
    if (by !== null) keyFor(by, encryption);
  }
}

/** To be asked at the start. A store that is away or damaged says so by itself, later. @throws Refusal as `assertOpens` */
export async function assertStoreOpens(store: Pick<KeyStore, 'read'>, encryption: KeyEncryption): Promise<void> {
  const text = await store.read().catch(() => null);
  const keys = text === null ? [] : await readStoredKeys(text).catch(() => []);
  assertOpens(keys, encryption);
}

/** @returns a private JWK as JSON. @throws Refusal UNAVAILABLE */
export function openPrivateHalf(kid: string, { text, encryptedBy }: PrivateHalf, encryption: KeyEncryption): string {
  if (encryptedBy === null) return text;
  const key = keyFor(encryptedBy, encryption);
  try {
    return key.open(text, kid);
  } catch (error) {
    throw damaged(error);
  }
}

export function sealPrivateHalf(kid: string, jwk: string, { current }: KeyEncryption): PrivateHalf {
  if (current === null) return { text: jwk, encryptedBy: null };
  return { text: current.seal(jwk, kid), encryptedBy: current.id };
}

/**
 * All of them encrypted by the current key, if there is one.
 *
 * @returns `keys` itself if they are already
 * @throws Refusal UNAVAILABLE when one cannot be opened
 */
export function sealedKeys(keys: readonly StoredKey[], encryption: KeyEncryption): readonly StoredKey[] {
  const { current } = encryption;
  const isDone = ({ privateHalf }: StoredKey) => privateHalf === null || privateHalf.encryptedBy === current?.id;
  if (current === null || keys.every(isDone)) return keys;
  return keys.map((key) => {
    if (key.privateHalf === null || isDone(key)) return key;
    const jwk = openPrivateHalf(key.kid, key.privateHalf, encryption);
    return { ...key, privateHalf: sealPrivateHalf(key.kid, jwk, encryption) };
  });
}
