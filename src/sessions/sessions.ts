import { type Caller, fullySignedIn } from '../auth/caller.ts';
import { maySeePrivate } from '../auth/may-see.ts';
import { mayList, mayListPublic, maySeeSource, mayWrite } from '../auth/may-write.ts';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { randomName } from '../random-name.ts';
import type { Templates } from '../rendering/templates.ts';
import type { Visibility } from '../storage/session-access.ts';
import type {
  ListRequest,
  OwnerListRequest,
  SessionPage,
  SessionStore,
  StoredSession,
} from '../storage/session-store.ts';
import { checkArgs } from './args.ts';
import { createPicture, NEWCOMERS, partyOf, type SessionLimits } from './picture.ts';
import { type Condition, type SessionChange, touchedBy } from './session-change.ts';
import { formatSessionId, parseName, type SessionId } from './session-id.ts';
import { parseSearch } from './session-search.ts';
import { createSessionWriter, noSuchSession } from './session-writer.ts';

const PUBLIC_TTL_MS = 86_400_000;
const EPOCH_LENGTH = 10;
const GENERATED_NAME_LENGTH = 16;

export interface NewSession {
  /** Absent: 16 unguessable characters of [a-z0-9]. */
  readonly name?: string;
  /** Public sessions are anybody's; owned ones the caller's. */
  readonly public: boolean;
  readonly template: string;
  readonly args: JsonObject;
  /** Milliseconds. Absent: no expiry for an owned session, a day for a public one. */
  readonly ttlMs?: number;
  /** Public sessions can be nothing else. Absent: `public`; of a replacement, as it stands. */
  readonly visibility?: Visibility;
}

export type Replacement = Pick<NewSession, 'template' | 'args' | 'ttlMs' | 'visibility'> &
  Pick<SessionChange, 'onlyIf'>;

/** All that can be done with sessions. Every transport calls it; every write authorises, validates, renders, then stores. */
export interface Sessions {
  /** null: there is none, or a private one that the caller may not see. Without a caller none is seen that is private. */
  get(id: SessionId, caller?: Caller): Promise<StoredSession | null>;
  /** The session for one who wants its template and args. @throws Refusal FORBIDDEN, NOT_FOUND */
  source(caller: Caller, id: SessionId): Promise<StoredSession>;
  /**
   * The owner's, newest change first or by name. `search` is trimmed; blank, it is none.
   *
   * @throws Refusal UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT
   */
  list(caller: Caller, owner: string, request: OwnerListRequest): Promise<SessionPage>;
  /** For admins, in an order that stays. @throws Refusal UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT */
  listPublic(caller: Caller, request: ListRequest): Promise<SessionPage>;
  /** @throws Refusal CONFLICT when the name is taken */
  create(caller: Caller, session: NewSession): Promise<StoredSession>;
  /**
   * Creates the owned session, or gives the existing one all of this: same epoch, next version, viewers stay.
   *
   * @throws Refusal CONFLICT when one exists for which `onlyIf` does not hold
   */
  replace(caller: Caller, id: SessionId, session: Replacement): Promise<StoredSession>;
  /** @throws Refusal NOT_FOUND, CONFLICT */
  update(caller: Caller, id: SessionId, change: SessionChange): Promise<StoredSession>;
  /** @throws Refusal NOT_FOUND, CONFLICT unless `onlyIf` holds for the session as it stands */
  delete(caller: Caller, id: SessionId, onlyIf: Condition | null): Promise<void>;
}

function belongsToNobody(): Refusal {
  const mend = 'Sign in and create an owned one.';
  return new Refusal('BAD_USER_INPUT', `A public session belongs to nobody, so everybody sees it. ${mend}`);
}

export function createSessions(store: SessionStore, templates: Templates, limits: SessionLimits): Sessions {
  const picture = createPicture(templates, limits);
  const writer = createSessionWriter(store, picture);
  const newEpoch = () => randomName(EPOCH_LENGTH);

  return {
    async get(id, caller) {
      const session = await store.get(id);
      return session?.visibility === 'private' && !maySeePrivate(caller?.user ?? null, id) ? null : session;
    },

    async source(caller, id) {
      if (!maySeeSource(caller, id)) {
        throw new Refusal('FORBIDDEN', 'Only the owner of a session sees its template, args and warnings.');
      }
      const session = await store.get(id);
      if (session === null) throw noSuchSession(id);
      return session;
    },

    async list(caller, owner, { search: text, ...request }) {
      mayList(caller, owner);
      const search = parseSearch(text ?? '');
      return store.list(owner, search === null ? request : { ...request, search });
    },

    async listPublic(caller, request) {
      mayListPublic(caller);
      return store.listPublic(request);
    },

    async create(caller, session) {
      // A key for other sessions has no rights here, though anybody without it may have.
      const user = session.public && caller.user === null ? null : fullySignedIn(caller);
      const owner = session.public || user === null ? null : user.userId;
      const name =
        session.name === undefined ? randomName(GENERATED_NAME_LENGTH) : parseName(session.name, 'session name');
      const id = { owner, name };
      const { visibility = 'public' } = session;
      if (owner === null && visibility !== 'public') throw belongsToNobody();
      const content = await picture(
        session.template,
        checkArgs(session.args, 'args'),
        owner === null ? NEWCOMERS : partyOf(id),
      );
      const ttlMs = session.ttlMs ?? (session.public ? PUBLIC_TTL_MS : null);
      const created = await writer.create(id, newEpoch(), content, { ttlMs, visibility });
      if (created === null) {
        throw new Refusal('CONFLICT', `The name ${JSON.stringify(formatSessionId(id))} is taken; choose another.`);
      }
      return created;
    },

    async replace(caller, id, { template, args, ttlMs = null, visibility, ...condition }) {
      mayWrite(caller, id, 'substance');
      checkArgs(args, 'args');
      for (;;) {
        try {
          const settings = visibility === undefined ? { ttlMs } : { ttlMs, visibility };
          return await writer.change(id, { template, args, ...settings, ...condition });
        } catch (refusal) {
          if (!(refusal instanceof Refusal && refusal.code === 'NOT_FOUND')) throw refusal;
        }
        // Null: somebody created it between the two attempts, so there is something to change now.
        const content = await picture(template, args, partyOf(id));
        const created = await writer.create(id, newEpoch(), content, { ttlMs, visibility: visibility ?? 'public' });
        if (created !== null) return created;
      }
    },

    async update(caller, id, change) {
      if (id.owner === null && change.visibility !== undefined) throw belongsToNobody();
      mayWrite(caller, id, touchedBy(change));
      if (change.args !== undefined && change.patch !== undefined) {
        throw new Refusal('BAD_USER_INPUT', 'Give either "args" (replaces all) or "patch" (merges), not both.');
      }
      if (change.args !== undefined) checkArgs(change.args, 'args');
      if (change.patch !== undefined) checkArgs(change.patch, 'patch');
      return writer.change(id, change);
    },

    async delete(caller, id, onlyIf) {
      mayWrite(caller, id, 'existence');
      await writer.delete(id, onlyIf);
    },
  };
}
