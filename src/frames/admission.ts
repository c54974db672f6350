import type { User } from '../auth/caller.ts';
import { maySeePrivate } from '../auth/may-see.ts';
import type { ViewTokens } from '../auth/view-token.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { SessionAccess, ViewLinkRecord } from '../storage/session-access.ts';
import type { SessionStore, StoredFrame } from '../storage/session-store.ts';

/** Who wants to look. */
export interface Visitor {
  /** Who has proved who it is. null: nobody */
  readonly user: User | null;
  /** Proves it only where nothing else helps, for those who mostly need not. */
  readonly prove?: () => Promise<User | null>;
  /** The token of a view link, good or not; null: none. */
  readonly link: string | null;
}

/** Sees what everybody sees. */
export const ANYBODY: Visitor = { user: null, link: null };

/** Why somebody sees a session. It is judged when a viewer comes and whenever the session's `access` changes, never per frame. */
export type Admission =
  | { readonly by: 'public' }
  | { readonly by: 'owner' }
  | { readonly by: 'link'; readonly link: ViewLinkRecord };

export const PUBLIC: Admission = { by: 'public' };
const OWNER: Admission = { by: 'owner' };

/** The access of a session that is public and always was. */
export function neverPrivate(epoch: string): SessionAccess {
  return { epoch, visibility: 'public', access: 0, links: [] };
}

/** Whether it is still good. */
export function holds(admission: Admission, { visibility, links }: SessionAccess, now: number): boolean {
  if (admission.by === 'owner') return true;
  if (admission.by === 'public') return visibility === 'public';
  const { linkId, expiresAt } = admission.link;
  return (expiresAt === null || expiresAt > now) && links.some((link) => link.linkId === linkId);
}

/** One who asks to see a session. */
export interface Look {
  readonly id: SessionId;
  /** What was read of the session a moment ago. */
  readonly access: SessionAccess;
  readonly visitor: Visitor;
  /** What happened on other nodes since then may not be known here yet. null: the session is no more */
  readonly readAgain: () => Promise<SessionAccess | null>;
}

/** The one check before every picture. @returns as whom the visitor may look; null: to this one there is no such session */
export type Admit = (look: Look) => Promise<Admission | null>;

/** @param viewTokens null: no link is good */
export function createAdmit(viewTokens: ViewTokens | null): Admit {
  async function byLink({ id, access: { epoch }, readAgain }: Look, token: string): Promise<Admission | null> {
    const read = (await viewTokens?.read({ id, epoch }, token)) ?? null;
    if (read === null) return null;
    const access = await readAgain();
    const link = access?.links.find(({ linkId }) => linkId === read.linkId);
    if (access?.epoch !== epoch || link === undefined) return null;
    const admission: Admission = { by: 'link', link };
    return holds(admission, access, Date.now()) ? admission : null;
  }

  return async (look) => {
    const { id, access, visitor } = look;
    if (id.owner === null) return PUBLIC;
    // First of all, and of a public session too: the owner goes on when it turns private.
    if (maySeePrivate(visitor.user, id)) return OWNER;
    if (visitor.link !== null) {
      const admission = await byLink(look, visitor.link);
      if (admission !== null) return admission;
    }
    if (access.visibility === 'public') return PUBLIC;
    if (maySeePrivate((await visitor.prove?.()) ?? null, id)) return OWNER;
    // It may have turned public a moment ago on another node.
    return (await look.readAgain())?.visibility === 'public' ? PUBLIC : null;
  };
}

/**
 * Who may see a session that was just read, with nothing changed in between.
 *
 * @returns null: there is none any more
 */
export async function readAccess(
  store: Pick<SessionStore, 'access'>,
  id: SessionId,
  { epoch, access }: StoredFrame,
): Promise<SessionAccess | null> {
  if (access === 0) return neverPrivate(epoch);
  const read = await store.access(id);
  return read?.epoch === epoch ? read : null;
}
