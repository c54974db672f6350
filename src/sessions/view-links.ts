import type { Caller } from '../auth/caller.ts';
import { mayWrite } from '../auth/may-write.ts';
import { newOpaqueId } from '../auth/opaque-token.ts';
import type { Revocations } from '../auth/revocations.ts';
import type { ViewTokens } from '../auth/view-token.ts';
import { Refusal } from '../errors.ts';
import type { ViewLinkRecord } from '../storage/session-access.ts';
import type { SessionStore } from '../storage/session-store.ts';
import type { SessionId } from './session-id.ts';
import { noSuchSession } from './session-writer.ts';

/** Whoever has its token sees the session's picture, though it be private, and can do nothing else. */
export interface ViewLink extends ViewLinkRecord {
  readonly sessionId: SessionId;
  readonly token: string;
}

export interface ViewLinkWish {
  /** Milliseconds since 1970, to come; null: the link is good until it is revoked or the session ends. */
  readonly expiresAt: number | null;
  /** The most frames per second of each viewer, 1 to 120; null: what the viewer asks for. */
  readonly maxFps: number | null;
}

/** View links of owned sessions, at most 100 of each. All throw Refusal UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, UNAVAILABLE. */
export interface ViewLinks {
  /** @throws Refusal BAD_USER_INPUT; RATE_LIMITED for one link too many */
  create(caller: Caller, id: SessionId, wish: ViewLinkWish): Promise<ViewLink>;
  /** Those that have not expired, newest first. */
  list(caller: Caller, id: SessionId): Promise<readonly ViewLink[]>;
  /** Ends the streams of all who came by the link, on all nodes within a second. @throws Refusal NOT_FOUND when there is none */
  revoke(caller: Caller, id: SessionId, linkId: string): Promise<void>;
}

const MAX_LINKS = 100;
const MAX_FPS = 120;

/** Links are deleted by somebody, sometime; as with the other quotas a minute keeps programs from asking all the time. */
const RETRY_AFTER_SECONDS = 60;

function checkWish({ expiresAt, maxFps }: ViewLinkWish): void {
  if (expiresAt !== null && expiresAt <= Date.now()) {
    throw new Refusal('BAD_USER_INPUT', '"expiresAt" is a time to come, or null for a link that does not expire.');
  }
  if (maxFps !== null && (maxFps < 1 || maxFps > MAX_FPS)) {
    throw new Refusal('BAD_USER_INPUT', `"maxFps" is a number from 1 to ${MAX_FPS}, not ${maxFps}.`);
  }
}

function tooMany(): Refusal {
  return new Refusal(
    'RATE_LIMITED',
    `The session has ${MAX_LINKS} view links, which is the most: revoke some. Nothing was changed.`,
    { retryAfterSeconds: RETRY_AFTER_SECONDS, limit: 'viewLinks', used: MAX_LINKS, max: MAX_LINKS },
  );
}

export interface ViewLinksDeps {
  readonly store: Pick<SessionStore, 'access' | 'addLink' | 'removeLink'>;
  readonly tokens: ViewTokens;
  /** Links are made and revoked on the word of a token only while it is known which tokens were revoked. */
  readonly revocations: Pick<Revocations, 'assertRecent'>;
}

export function createViewLinks({ store, tokens, revocations }: ViewLinksDeps): ViewLinks {
  function authorise(caller: Caller, id: SessionId): void {
    if (id.owner === null) {
      throw new Refusal('BAD_USER_INPUT', 'A public session needs no view link: everybody sees it.');
    }
    mayWrite(caller, id, 'substance');
  }

  async function withToken(id: SessionId, epoch: string, link: ViewLinkRecord): Promise<ViewLink> {
    return { ...link, sessionId: id, token: await tokens.make({ id, epoch }, link) };
  }

  return {
    async create(caller, id, wish) {
      authorise(caller, id);
      revocations.assertRecent();
      checkWish(wish);
      const access = await store.access(id);
      if (access === null) throw noSuchSession(id);
      const added = await store.addLink(id, access.epoch, { linkId: newOpaqueId(), ...wish }, MAX_LINKS);
      // Null: the session was ended meanwhile.
      if (added === null) throw noSuchSession(id);
      if (added === 'full') throw tooMany();
      return withToken(id, access.epoch, added);
    },

    async list(caller, id) {
      authorise(caller, id);
      const access = await store.access(id);
      if (access === null) throw noSuchSession(id);
      const now = Date.now();
      const standing = access.links.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
      return Promise.all(standing.toReversed().map((link) => withToken(id, access.epoch, link)));
    },

    async revoke(caller, id, linkId) {
      authorise(caller, id);
      revocations.assertRecent();
      if (await store.removeLink(id, linkId)) return;
      throw new Refusal('NOT_FOUND', 'The session has no such view link; it may have expired, or been revoked before.');
    },
  };
}
