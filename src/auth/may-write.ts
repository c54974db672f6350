import { Refusal } from '../errors.ts';
import type { SessionId } from '../sessions/session-id.ts';
import { type Caller, signedInAs } from './caller.ts';

/**
 * What a write touches. `args` are the picture's variables; everything else (template, time to live, the session
 * itself) is its substance.
 */
export type Touched = 'args' | 'substance';

/**
 * The one rule of ownership. An owned session is written by its owner only. The args of a public one are anybody's;
 * its substance is fixed at creation. The owner is part of the id, so no store is asked.
 *
 * @throws Refusal UNAUTHENTICATED when signing in could help, FORBIDDEN when it could not
 */
export function mayWrite(caller: Caller, id: SessionId, touched: Touched): void {
  if (id.owner !== null) signedInAs(caller, id.owner);
  else if (touched !== 'args') throw publicSubstance();
}

function publicSubstance(): Refusal {
  return new Refusal(
    'FORBIDDEN',
    'Of a public session only the args can change; its template and time to live are fixed, and it ends by expiry.',
  );
}

/** Template, args and warnings of an owned session are its owner's business; a public one hides nothing. */
export function maySeeSource(caller: Caller, id: SessionId): boolean {
  return id.owner === null || caller?.userId === id.owner;
}
