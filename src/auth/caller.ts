import { Refusal } from '../errors.ts';

/** Who asks: a signed-in user, or null for anybody. */
export type Caller = { readonly userId: string } | null;

/** @throws Refusal UNAUTHENTICATED when nobody is signed in */
export function signedIn(caller: Caller): { readonly userId: string } {
  if (caller === null) {
    throw new Refusal('UNAUTHENTICATED', 'Sign in first: send "Authorization: Bearer <access token>".');
  }
  return caller;
}

/** @throws Refusal UNAUTHENTICATED when nobody is signed in, FORBIDDEN when somebody else is */
export function signedInAs(caller: Caller, userId: string): void {
  if (signedIn(caller).userId !== userId) {
    throw new Refusal(
      'FORBIDDEN',
      `This belongs to ${JSON.stringify(userId)}, and you are signed in as somebody else.`,
    );
  }
}
