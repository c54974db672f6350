import type { Caller } from '../auth/caller.ts';
import { Refusal } from '../errors.ts';
import type { Sessions } from './sessions.ts';

function refuseAnonymous({ user }: Caller, isPublic: boolean): void {
  if (user !== null || !isPublic) return;
  throw new Refusal('FORBIDDEN', 'This server takes no anonymous writes: sign in first.');
}

/**
 * The same sessions for a server that lets only signed-in users write: they may still create public ones and change
 * the args of any. What anonymous callers may not do anyway, they are refused as ever.
 */
export function signedInWrites(sessions: Sessions): Sessions {
  return {
    ...sessions,
    async create(caller, session) {
      refuseAnonymous(caller, session.public);
      return sessions.create(caller, session);
    },
    async update(caller, id, change) {
      refuseAnonymous(caller, id.owner === null);
      return sessions.update(caller, id, change);
    },
  };
}
