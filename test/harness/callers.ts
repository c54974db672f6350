import type { Caller } from '../../src/auth/caller.ts';
import type { Grant } from '../../src/auth/tokens.ts';

const client = { address: '127.0.0.1', agent: 'tests' };

export const ANONYMOUS: Caller = { user: null, client };

/** All that belongs to the user. */
export function grantOf(userId: string): Grant {
  return { userId, uid: `uid-of-${userId}`, generation: 1, role: 'user', sid: `sid-of-${userId}`, pushOnly: null };
}

export function callerOf(userId: string): Caller {
  return { user: grantOf(userId), client };
}
