/** One sign-in: all tokens that descend from one password check. Times are milliseconds since 1970 by the store's own clock. */
export interface SignInRecord {
  /** Opaque, `[a-z0-9]{16}`, unguessable. */
  readonly sid: string;
  readonly uid: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number;
  /** After it nothing of the sign-in is valid any more: neither its refresh token nor an access token. */
  readonly expiresAt: number;
  /** What the client says it is, cut to a line; null: it said nothing. */
  readonly agent: string | null;
}

export interface NewSignIn extends Pick<SignInRecord, 'sid' | 'uid' | 'userId' | 'agent'> {
  /** SHA-256 of the refresh token, base64url; null: this sign-in has none. */
  readonly tokenHash: string | null;
  /**
   * SHA-256, base64url, of the secret that all refresh tokens of this sign-in carry; null if it has none. It proves
   * that a used-up token was once real, so that none of them need be kept.
   */
  readonly familyHash: string | null;
  /** From now on, 1 or more. */
  readonly ttlMs: number;
}

export interface Rotation {
  readonly uid: string;
  readonly sid: string;
  /** SHA-256 of the refresh token that is presented. */
  readonly presentedHash: string;
  /** SHA-256 of the secret of the family that it carries. */
  readonly familyHash: string;
  /** SHA-256 of the one that takes its place, if this rotation is the first. */
  readonly nextHash: string;
  /** What the client is answered then, sealed so that only who holds the presented token can open it. */
  readonly sealedAnswer: string;
  /** How long the sealed answer is kept for a second use of the presented token. */
  readonly graceMs: number;
  readonly ttlMs: number;
}

export type RotationOutcome =
  /** The presented token was the current one; now the next is. */
  | { readonly is: 'rotated'; readonly signIn: SignInRecord }
  /** It was used less than the grace ago: this is what that use was answered. */
  | { readonly is: 'repeated'; readonly signIn: SignInRecord; readonly sealedAnswer: string }
  /** It is of this family but was used up before, so two have it. Nothing was changed. */
  | { readonly is: 'reused'; readonly signIn: SignInRecord }
  /** No such sign-in, expired, ended, or a token that it never had. */
  | { readonly is: 'unknown' };

/** Sign-ins and the hashes of their refresh tokens. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface SignInStore {
  /** At most `max` of one account are kept. @returns the sids of those, the longest unused, that had to go for it */
  add(signIn: NewSignIn, max: number): Promise<readonly string[]>;
  /** Compares and replaces in one atomic step: of many rotations with one token, on all nodes, exactly one is `rotated`. */
  rotate(rotation: Rotation): Promise<RotationOutcome>;
  find(uid: string, sid: string): Promise<SignInRecord | null>;
  /** Last used first. */
  list(uid: string): Promise<readonly SignInRecord[]>;
  /** Those that are not there are passed over. */
  remove(uid: string, sids: readonly string[]): Promise<void>;
}
