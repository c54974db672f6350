export interface NewApiKey {
  /** Opaque, `[a-z0-9]{16}`, unguessable. */
  readonly keyId: string;
  readonly uid: string;
  readonly userId: string;
  readonly name: string;
  /** SHA-256 of the key, base64url. */
  readonly secretHash: string;
  /** null: all of the owner's; else ids of sessions whose args the key may change, and nothing else. */
  readonly pushOnly: readonly string[] | null;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
}

export interface ApiKeyRecord extends NewApiKey {
  /** Milliseconds since 1970 by the store's own clock. */
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** API keys, by their account. Expired ones are absent. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface ApiKeyStore {
  /** False: the account has `max` already, and nothing was changed. */
  add(key: NewApiKey, max: number): Promise<boolean>;
  find(uid: string, keyId: string): Promise<ApiKeyRecord | null>;
  /** Newest first. */
  list(uid: string): Promise<readonly ApiKeyRecord[]>;
  /** Notes that the key is used now. A key that is not there stays so. */
  used(uid: string, keyId: string): Promise<void>;
  /** False: there was none. */
  remove(uid: string, keyId: string): Promise<boolean>;
  removeAll(uid: string): Promise<void>;
}
