import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Client } from '../auth/caller.ts';
import type { SignedIn, SignIns } from '../auth/sign-ins.ts';
import { Refusal } from '../errors.ts';
import type { RefreshCookie } from './refresh-cookie.ts';

/** Sign-ins whose refresh token a browser keeps in a cookie. */
export interface RememberedSignIns {
  /** @throws Refusal FORBIDDEN before anything else unless a page of this server asks */
  begin(request: IncomingMessage, reply: FastifyReply, signIn: () => Promise<SignedIn>): Promise<SignedIn>;
  /** Rotates the cookie. null: there is none. @throws Refusal FORBIDDEN, UNAUTHENTICATED */
  refresh(request: IncomingMessage, reply: FastifyReply): Promise<SignedIn | null>;
  /** Ends the sign-in and clears the cookie. false: there is none. @throws Refusal FORBIDDEN */
  signOut(request: IncomingMessage, reply: FastifyReply): Promise<boolean>;
}

export interface RememberedSignInsDeps {
  readonly cookie: RefreshCookie;
  readonly signIns: Pick<SignIns, 'refresh' | 'signOut'>;
  readonly clientOf: (request: IncomingMessage) => Client;
}

export function createRememberedSignIns({ cookie, signIns, clientOf }: RememberedSignInsDeps): RememberedSignIns {
  return {
    async begin(request, reply, signIn) {
      cookie.requireOwnPage(request);
      const signedIn = await signIn();
      cookie.set(request, reply, signedIn);
      return signedIn;
    },

    async refresh(request, reply) {
      const [token, ...others] = cookie.tokens(request);
      if (token === undefined) return null;
      cookie.requireOwnPage(request);
      if (others.length > 0) {
        // Hosts below the same domain can plant a cookie beside ours, and a path that is longer puts it first. Nothing
        // tells whose is whose, and clearing ours would leave theirs alone: their user would be signed in here.
        throw new Refusal(
          'UNAUTHENTICATED',
          'Two cookies claim to be this sign-in, so another site set one. Delete the cookies of this site and sign in.',
        );
      }
      try {
        const signedIn = await signIns.refresh(token, clientOf(request));
        cookie.set(request, reply, signedIn);
        return signedIn;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') cookie.clear(request, reply);
        throw error;
      }
    },

    async signOut(request, reply) {
      const tokens = cookie.tokens(request);
      if (tokens.length === 0) return false;
      cookie.requireOwnPage(request);
      const nobody = { user: null, client: clientOf(request) };
      // Of two, one is not ours; ended, it cannot take our place once ours is cleared.
      for (const refreshToken of tokens) await signIns.signOut(nobody, { refreshToken, everywhere: false });
      cookie.clear(request, reply);
      return true;
    },
  };
}
