import { Refusal } from '../errors.ts';
import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Caller, fullySignedIn, signedIn, type User } from './caller.ts';

/**
 * What a write touches. `args` are the picture's variables, `substance` everything else (template, time to live);
 * `existence` is whether there is a session at all.
 */
export type Touched = 'args' | 'substance' | 'existence';

/**
 * The one rule of ownership. An owned session is written by its owner only; the args of a public one are anybody's, its
 * substance is fixed at creation. An admin may end any session. The owner is part of the id, so no store is asked.
 *
 * @throws Refusal UNAUTHENTICATED when signing in could help, FORBIDDEN when it could not
 */
export function mayWrite(caller: Caller, id: SessionId, touched: Touched): void {
  if (touched === 'existence' && isAdmin(caller)) return;
  if (id.owner !== null) ownSession(caller, id, touched);
  else if (touched !== 'args') throw publicSubstance();
  else if (caller.user !== null && !mayPush(caller.user, id)) fullySignedIn(caller);
}

/** @throws Refusal UNAUTHENTICATED when nobody is signed in, FORBIDDEN when it is neither this user nor an admin */
export function mayList(caller: Caller, owner: string): void {
  const user = fullySignedIn(caller);
  if (user.userId !== owner && user.role !== 'admin') throw somebodyElses(owner);
}

/** @throws Refusal UNAUTHENTICATED when nobody is signed in, FORBIDDEN for whoever is no admin */
export function mayListPublic(caller: Caller): void {
  if (fullySignedIn(caller).role !== 'admin') throw new Refusal('FORBIDDEN', 'Only an admin lists public sessions.');
}

/** Template, args and warnings of an owned session are its owner's business; a public one hides nothing. */
export function maySeeSource({ user }: Caller, id: SessionId): boolean {
  return id.owner === null || (user?.userId === id.owner && user.pushOnly === null);
}

function ownSession(caller: Caller, id: SessionId, touched: Touched): void {
  const user = signedIn(caller);
  if (user.userId !== id.owner) throw somebodyElses(id.owner ?? '');
  if (touched === 'args' && mayPush(user, id)) return;
  fullySignedIn(caller);
}

function mayPush({ pushOnly }: User, id: SessionId): boolean {
  return pushOnly === null || pushOnly.includes(formatSessionId(id));
}

function isAdmin({ user }: Caller): boolean {
  return user !== null && user.role === 'admin' && user.pushOnly === null;
}

function somebodyElses(owner: string): Refusal {
  return new Refusal('FORBIDDEN', `This belongs to ${JSON.stringify(owner)}, and you are signed in as somebody else.`);
}

function publicSubstance(): Refusal {
  return new Refusal(
    'FORBIDDEN',
    'Of a public session only the args can change; its template and time to live are fixed, and it ends by expiry.',
  );
}
