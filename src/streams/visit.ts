import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Client } from '../auth/caller.ts';
import type { Dependents } from '../auth/dependents.ts';
import type { Proof } from '../auth/tokens.ts';
import { Refusal } from '../errors.ts';
import type { Visitor } from '../frames/admission.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';

/** One who asks for a picture over HTTP. */
export interface Visit {
  readonly visitor: Visitor;
  /** The answer may be for this one alone. */
  readonly isPersonal: boolean;
  /** Has `end` called when the token without which nothing would be shown has come to its end. null: none was needed */
  readonly endWithToken: () => ((end: () => void) => () => void) | null;
}

/**
 * Whom a request for a picture comes from: the token of a view link stands in its query as `view`. An `Authorization` is
 * looked at only where nothing else helps, and one that is not good is ignored: most pictures need none.
 */
export type VisitOf = (request: FastifyRequest) => Visit;

export interface VisitDeps {
  readonly authenticate: Authenticate;
  readonly dependents: Dependents;
  readonly clientOf: (request: IncomingMessage) => Client;
}

export function createVisitOf({ authenticate, dependents, clientOf }: VisitDeps): VisitOf {
  return ({ raw, headers: { authorization }, query }) => {
    const { view } = query as { readonly view?: unknown };
    const link = typeof view === 'string' ? view : null;
    if (authorization === undefined) {
      return { visitor: { user: null, link }, isPersonal: link !== null, endWithToken: () => null };
    }
    let proof: Proof | null = null;
    async function prove(): Promise<Proof | null> {
      try {
        const { user } = await authenticate(authorization, clientOf(raw));
        proof = user;
      } catch (error) {
        if (!(error instanceof Refusal) || error.code === 'UNAVAILABLE') throw error;
      }
      return proof;
    }
    return {
      visitor: { user: null, prove, link },
      isPersonal: true,
      endWithToken() {
        const needed = proof;
        return needed && ((end) => dependents.register(needed, end));
      },
    };
  };
}

/** To be set before anything is refused: a missing picture looks the same as one that is kept from the visitor. */
export function setPersonalHeaders(reply: FastifyReply, { isPersonal, visitor }: Visit): void {
  if (isPersonal) reply.header('cache-control', PRIVATE_CACHE);
  // Else whatever the answer links to would be told the token.
  if (visitor.link !== null) reply.header('referrer-policy', 'no-referrer');
}
