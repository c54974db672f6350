import type { Caller } from '../auth/caller.ts';
import { mayWrite } from '../auth/may-write.ts';
import { touchedBy } from '../sessions/session-change.ts';
import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { addressGroup } from './address-group.ts';
import type { Limits } from './limits.ts';

/**
 * The same sessions, written to so often by each user or address, and each so often by all together. Whoever may not
 * write is refused before anything is counted: else strangers could use up an owner's writes.
 */
export function limitWrites(sessions: Sessions, limits: Limits): Sessions {
  async function countWriter({ user, client }: Caller): Promise<void> {
    if (user === null) await limits.count('anonymousWritesPerAddress', addressGroup(client.address), { client });
    else await limits.count('writesPerUser', user.uid, { client, userId: user.userId });
  }

  async function countWrite(caller: Caller, id: SessionId): Promise<void> {
    await countWriter(caller);
    const { client, user } = caller;
    const who = { client, ...(user === null ? {} : { userId: user.userId }) };
    await limits.count('writesPerSession', formatSessionId(id), who);
  }

  return {
    ...sessions,

    async create(caller, session) {
      const { user, client } = caller;
      if (user === null && session.public) {
        await limits.count('anonymousSessionsPerAddress', addressGroup(client.address), { client });
      }
      if (user !== null || session.public) await countWriter(caller);
      return sessions.create(caller, session);
    },

    async replace(caller, id, session) {
      mayWrite(caller, id, 'substance');
      await countWrite(caller, id);
      return sessions.replace(caller, id, session);
    },

    async update(caller, id, change) {
      mayWrite(caller, id, touchedBy(change));
      await countWrite(caller, id);
      return sessions.update(caller, id, change);
    },

    async delete(caller, id, onlyIf) {
      mayWrite(caller, id, 'existence');
      await countWriter(caller);
      return sessions.delete(caller, id, onlyIf);
    },
  };
}
