import { Refusal } from '../errors.ts';
import type { SessionContent, SessionHead, SessionStore, StoredSession } from '../storage/session-store.ts';
import { createKnownSessions, type KnownSession } from './known-sessions.ts';
import type { Picture } from './picture.ts';
import {
  type Condition,
  dependsOnTemplateAlone,
  type PlannedWrite,
  planWrite,
  requireCondition,
  type SessionChange,
} from './session-change.ts';
import { formatSessionId, type SessionId } from './session-id.ts';
import { createTurns } from './turns.ts';

/** What a session begins with beside its content. */
export type Settings = Pick<SessionHead, 'ttlMs' | 'visibility'>;

/** How long a write without a condition is tried again when others were faster. */
const RETRY_MS = 2000;

/** Updates of one session that wait or are under way in this process. */
const MAX_UPDATES_PER_SESSION = 512;

export function noSuchSession(id: SessionId): Refusal {
  return new Refusal('NOT_FOUND', `There is no session ${JSON.stringify(formatSessionId(id))}, or it has expired.`);
}

function othersKeptChanging(): Refusal {
  return new Refusal('UNAVAILABLE', 'Others kept changing the session; nothing was changed. Try again.');
}

/** The one way into the store: what is known → planned and rendered → compared, stored and announced in one step. */
export function createSessionWriter(store: SessionStore, picture: Picture) {
  const knownSessions = createKnownSessions();
  const takeTurn = createTurns(MAX_UPDATES_PER_SESSION);

  function written(head: SessionHead, { template, args, svg, warnings }: SessionContent): StoredSession {
    knownSessions.remember(head, { template, args });
    return { template, args, svg, warnings, ...head };
  }

  /** Refused on the strength of a memory that may be out of date it is null too: only the store can tell. */
  async function planFromMemory(id: SessionId, change: SessionChange): Promise<PlannedWrite | null> {
    const known = knownSessions.get(id);
    if (known === null) return null;
    try {
      return await planWrite(known, change, picture);
    } catch (refusal) {
      // What could not be rendered now would only take twice as much.
      if (refusal instanceof Refusal && refusal.code === 'UNAVAILABLE') throw refusal;
      return null;
    }
  }

  /** @param current what the store has said a moment ago */
  async function writeFrom(current: KnownSession | null, id: SessionId, change: SessionChange): Promise<StoredSession> {
    const deadline = performance.now() + RETRY_MS;
    for (let known = current; ; ) {
      if (known === null) {
        knownSessions.forget(id);
        throw noSuchSession(id);
      }
      const { write, content } = await planWrite(known, change, picture);
      const outcome = await store.write(write);
      if (outcome.written) return written(outcome.head, content);
      known = outcome.current;
      if (performance.now() > deadline) throw othersKeptChanging();
    }
  }

  async function changeFrom(
    planned: PlannedWrite | null,
    id: SessionId,
    change: SessionChange,
  ): Promise<StoredSession> {
    if (planned === null) return writeFrom(await store.get(id), id, change);
    const outcome = await store.write(planned.write);
    return outcome.written ? written(outcome.head, planned.content) : writeFrom(outcome.current, id, change);
  }

  /**
   * Args that replace all leave the template as it is: with those before them under way, the disk or Redis need not have
   * taken them yet. Everything else depends on what they come to.
   */
  async function beginChange(id: SessionId, change: SessionChange, earlier: () => Promise<unknown>) {
    if (!dependsOnTemplateAlone(change)) await earlier();
    const planned = await planFromMemory(id, change);
    const done = changeFrom(planned, id, change);
    if (planned === null || !dependsOnTemplateAlone(change)) await Promise.allSettled([done]);
    return { done };
  }

  async function deleteIf(id: SessionId, onlyIf: Condition): Promise<void> {
    const deadline = performance.now() + RETRY_MS;
    for (;;) {
      const [standing = null] = await store.stamps([id]);
      if (standing === null) throw noSuchSession(id);
      requireCondition(onlyIf, standing);
      if (await store.delete(id, standing)) return;
      if (performance.now() > deadline) throw othersKeptChanging();
    }
  }

  return {
    /** @returns null when the id is taken */
    async create(id: SessionId, newEpoch: string, content: SessionContent, settings: Settings) {
      const outcome = await store.write({ id, expect: { is: 'absent', newEpoch }, ...content, ...settings });
      return outcome.written ? written(outcome.head, content) : null;
    },

    /** @throws Refusal NOT_FOUND, CONFLICT, UNAVAILABLE, and what `picture` throws; then nothing was changed */
    change: (id: SessionId, change: SessionChange) =>
      takeTurn(formatSessionId(id), (earlier) => beginChange(id, change, earlier)),

    /** @throws Refusal NOT_FOUND, CONFLICT, UNAVAILABLE; then nothing was changed */
    async delete(id: SessionId, onlyIf: Condition | null): Promise<void> {
      if (onlyIf !== null) return deleteIf(id, onlyIf);
      if (!(await store.delete(id))) throw noSuchSession(id);
    },
  };
}
