/** Who may see a session's picture. An ownerless session is `public`. */
export type Visibility = 'public' | 'private';

/** A link by which one who is not the owner may see a private session. The session's end is its end. */
export interface NewViewLink {
  /** Opaque, `[a-z0-9]{16}`, unguessable. */
  readonly linkId: string;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
  /** The most frames per second, 1 to 120; null: as many as anybody. */
  readonly maxFps: number | null;
}

export interface ViewLinkRecord extends NewViewLink {
  /** Milliseconds since 1970 by the store's own clock. */
  readonly createdAt: number;
}

/** Who may see a session. */
export interface SessionAccess {
  readonly epoch: string;
  readonly visibility: Visibility;
  /**
   * 0 at first; rises with each change by which somebody may see the session no more. So a session at 0 is public and
   * always was; nobody need ask further.
   */
  readonly access: number;
  /** In the order in which they were made; those that have expired may still be among them. */
  readonly links: readonly ViewLinkRecord[];
}
