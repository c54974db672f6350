import { Refusal } from '../errors.ts';
import type { SessionContent, SessionHead, SessionStore, StoredSession } from '../storage/session-store.ts';
import { createKnownSessions } from './known-sessions.ts';
import type { Picture } from './picture.ts';
import {
  type Condition,
  type PlannedWrite,
  planWrite,
  requireCondition,
  type SessionChange,
} from './session-change.ts';
import { formatSessionId, type SessionId } from './session-id.ts';
import { createTurns } from './turns.ts';

/** How long a write without a condition is tried again when others were faster. */
const RETRY_MS = 2000;

export function noSuchSession(id: SessionId): Refusal {
  return new Refusal('NOT_FOUND', `There is no session ${JSON.stringify(formatSessionId(id))}, or it has expired.`);
}

function othersKeptChanging(): Refusal {
  return new Refusal('UNAVAILABLE', 'Others kept changing the session; nothing was changed. Try again.');
}

/** The one way into the store: what is known → planned and rendered → compared, stored and announced in one step. */
export function createSessionWriter(store: SessionStore, picture: Picture) {
  const knownSessions = createKnownSessions();
  const inTurn = createTurns();

  function written(head: SessionHead, { template, args, svg, warnings }: SessionContent): StoredSession {
    const session = { ...head, template, args, svg, warnings };
    knownSessions.remember(session);
    return session;
  }

  async function changeInTurn(id: SessionId, change: SessionChange): Promise<StoredSession> {
    const deadline = performance.now() + RETRY_MS;
    const remembered = knownSessions.get(id);
    let known = remembered ?? (await store.get(id));
    let certain = remembered === null;
    for (;;) {
      if (known === null) {
        knownSessions.forget(id);
        throw noSuchSession(id);
      }
      let planned: PlannedWrite;
      try {
        planned = await planWrite(known, change, picture);
      } catch (refusal) {
        // What could not be rendered now would only take twice as much.
        if (certain || (refusal instanceof Refusal && refusal.code === 'UNAVAILABLE')) throw refusal;
        // Refused on the strength of a memory that may be out of date: ask the store before saying so.
        known = await store.get(id);
        certain = true;
        continue;
      }
      const outcome = await store.write(planned.write);
      if (outcome.written) return written(outcome.head, planned.content);
      known = outcome.current;
      certain = true;
      if (performance.now() > deadline) throw othersKeptChanging();
    }
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
    async create(id: SessionId, newEpoch: string, content: SessionContent, ttlMs: number | null) {
      const outcome = await store.write({ id, expect: { is: 'absent', newEpoch }, ...content, ttlMs });
      return outcome.written ? written(outcome.head, content) : null;
    },

    /** @throws Refusal NOT_FOUND, CONFLICT, UNAVAILABLE, and what `picture` throws; then nothing was changed */
    change: (id: SessionId, change: SessionChange) => inTurn(formatSessionId(id), () => changeInTurn(id, change)),

    /** @throws Refusal NOT_FOUND, CONFLICT, UNAVAILABLE; then nothing was changed */
    async delete(id: SessionId, onlyIf: Condition | null): Promise<void> {
      if (onlyIf !== null) return deleteIf(id, onlyIf);
      if (!(await store.delete(id))) throw noSuchSession(id);
    },
  };
}
