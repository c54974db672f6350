import type { Caller } from '../auth/caller.ts';
import type { Revocations } from '../auth/revocations.ts';
import type { Sessions } from './sessions.ts';

/**
 * The same sessions, written on the word of a token only while this process knows which tokens were revoked. What
 * strangers may do needs no token, so it goes on.
 */
export function recentlyConfirmedWrites(
  sessions: Sessions,
  { assertRecent }: Pick<Revocations, 'assertRecent'>,
): Sessions {
  function check({ user }: Caller): void {
    if (user !== null) assertRecent();
  }

  return {
    ...sessions,
    async create(caller, session) {
      check(caller);
      return sessions.create(caller, session);
    },
    async replace(caller, id, session) {
      check(caller);
      return sessions.replace(caller, id, session);
    },
    async update(caller, id, change) {
      check(caller);
      return sessions.update(caller, id, change);
    },
    async delete(caller, id, onlyIf) {
      check(caller);
      return sessions.delete(caller, id, onlyIf);
    },
  };
}
