import type { SessionId } from '../sessions/session-id.ts';
import type { NewViewLink, SessionAccess, ViewLinkRecord, Visibility } from './session-access.ts';

/** Where a session stands. Times are milliseconds since 1970 by the store's own clock. */
export interface SessionHead {
  readonly id: SessionId;
  /** Opaque, `[A-Za-z0-9_-]+`, new for each life of a name. */
  readonly epoch: string;
  /** 1 at creation, +1 with each accepted write. */
  readonly version: number;
  /** The version at which the template was last written. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** What each write adds to the present to give `expiresAt`; null: the session does not expire. */
  readonly ttlMs: number | null;
  readonly expiresAt: number | null;
  readonly visibility: Visibility;
  /** See `SessionAccess`. */
  readonly access: number;
}

/** One version of one life of a name. */
export type SessionStamp = Pick<SessionHead, 'epoch' | 'version'>;

/** And of who may see it. */
export type WatchedStamp = Pick<SessionHead, 'epoch' | 'version' | 'access'>;

/** What a session holds. */
export interface SessionContent {
  readonly template: string;
  /** A JSON object as text. The store keeps it byte for byte and never parses it. */
  readonly args: string;
  /** The rendered picture. */
  readonly svg: string;
  readonly warnings: readonly string[];
}

export type StoredSession = SessionHead & SessionContent;

/** One rendered picture as the store knows it. */
export interface StoredFrame {
  readonly epoch: string;
  readonly version: number;
  /** `updatedAt` of that version. */
  readonly renderedAt: number;
  readonly svg: string;
  /** See `SessionAccess`: as it stood when the frame was written, or later. */
  readonly access: number;
}

/** What must still hold when the write reaches the store. */
export type Expectation =
  /** No such session lives; the write begins one under this new epoch. */
  | { readonly is: 'absent'; readonly newEpoch: string }
  /** The template is still the one that was rendered; the args may have changed meanwhile. */
  | { readonly is: 'revision'; readonly epoch: string; readonly revision: number }
  /** Nothing has changed. */
  | { readonly is: 'version'; readonly epoch: string; readonly version: number };

export interface SessionWrite {
  readonly id: SessionId;
  readonly expect: Expectation;
  /** Absent: the stored template stays (not allowed with `absent`). */
  readonly template?: string;
  readonly args: string;
  readonly svg: string;
  readonly warnings: readonly string[];
  /** Absent: the stored time to live starts again (not allowed with `absent`). null: no expiry. At least 1. */
  readonly ttlMs?: number | null;
  /** Absent: as it stands; of a session that begins, public. */
  readonly visibility?: Visibility;
}

export type WriteOutcome =
  | { readonly written: true; readonly head: SessionHead }
  /** The expectation failed and nothing was changed. `current` is what stands there now; null: nothing. */
  | { readonly written: false; readonly current: StoredSession | null };

export interface ListRequest {
  /** 1 or more. */
  readonly first: number;
  /** A `cursor` of an earlier page of the same list in the same order. */
  readonly after?: string;
}

export interface OwnerListRequest extends ListRequest {
  /** Only sessions whose name contains this, whatever its case; not empty. Absent: all. */
  readonly search?: string;
  /** Newest change first, or by name whatever its case. Default: `change` */
  readonly sort?: 'change' | 'name';
}

export interface SessionPage {
  /** By change: in the order in which the store accepted the writes. */
  readonly entries: readonly { readonly cursor: string; readonly head: SessionHead }[];
  readonly hasNextPage: boolean;
}

/** Neither method may throw: it runs amid the write, or the announcement, of somebody else. */
export interface SessionWatcher {
  /** At least once per frame and per change of `access`, possibly out of order or repeated: compare both. */
  frame(frame: StoredFrame): void;
  /** The session of this epoch was deleted. Expiry is not announced: ask `stamps`. */
  gone(epoch: string): void;
}

/**
 * Sessions, durable and shared by every process on the same store. An expired session is absent everywhere.
 * Callers validate names and sizes; the store encodes names so that no two ids share a key.
 *
 * Every method throws Refusal UNAVAILABLE when the store cannot be reached. A `write` or `delete` that was under way
 * then may or may not have taken effect; all other outcomes are certain.
 */
export interface SessionStore {
  /**
   * Compares, checks the quotas, stores and announces in one atomic step. An answered write survives a killed process.
   * A write that lets its owner hold no more than before passes every quota.
   *
   * @throws Refusal RATE_LIMITED when it would pass a quota; nothing was changed
   */
  write(write: SessionWrite): Promise<WriteOutcome>;
  get(id: SessionId): Promise<StoredSession | null>;
  /** The current frame, without reading template and args. */
  frame(id: SessionId): Promise<StoredFrame | null>;
  /** Where each id stands, in order, in one round trip; null where there is none. */
  stamps(ids: readonly SessionId[]): Promise<readonly (WatchedStamp | null)[]>;
  /** Who may see the session now. null: no such session. */
  access(id: SessionId): Promise<SessionAccess | null>;
  /**
   * Adds a link to the session of this epoch, unless it has `max` already that have not expired; forgets those that have.
   * Nobody watches less for it, so nothing is announced. null: no such session.
   */
  addLink(id: SessionId, epoch: string, link: NewViewLink, max: number): Promise<ViewLinkRecord | 'full' | null>;
  /**
   * Removes a link, and announces in the same atomic step that `access` has changed. False: there is no such link, and
   * nothing was changed.
   */
  removeLink(id: SessionId, linkId: string): Promise<boolean>;
  /**
   * Exact even while others write: no session that was not changed meanwhile is skipped or repeated. A search, and the
   * order by name, go through the names of all sessions of the owner, whose number the quota bounds.
   *
   * @throws Refusal BAD_USER_INPUT for a cursor that is none, or of the other order
   */
  list(owner: string, request: OwnerListRequest): Promise<SessionPage>;
  /**
   * Public sessions, in an order that stays: one that lives all the while is on exactly one page. @throws Refusal
   * BAD_USER_INPUT for a cursor that is none.
   */
  listPublic(request: ListRequest): Promise<SessionPage>;
  /**
   * Compares, ends the session and announces it in one atomic step. Without `only` any version is ended. False: there
   * was none, or it does not stand at `only`; then nothing was changed.
   */
  delete(id: SessionId, only?: SessionStamp): Promise<boolean>;
  /**
   * Announces every write and deletion that follows. Resolves once subscribed, so: watch first, read second.
   * Many watchers of one id share one upstream subscription. After a lost connection the current frame is announced again.
   * @returns stops it; idempotent.
   */
  watch(id: SessionId, watcher: SessionWatcher): Promise<() => void>;
}
