import type { SessionId } from '../sessions/session-id.ts';
import type { User } from './caller.ts';

/** A private session is seen by its owner, and by nobody for being an admin. A push-only API key sees nothing of it. */
export function maySeePrivate(user: User | null, { owner }: SessionId): boolean {
  return user !== null && user.userId === owner && user.pushOnly === null;
}
