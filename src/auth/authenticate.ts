import { Refusal } from '../errors.ts';
import type { ApiKeys } from './api-keys.ts';
import type { Audit } from './audit.ts';
import type { Caller, Client } from './caller.ts';
import { isOpaque } from './opaque-token.ts';
import type { Proof, Tokens } from './tokens.ts';

/** A caller, with what proved it: `user` is null for nobody. */
export interface Authenticated extends Caller {
  readonly user: Proof | null;
}

/**
 * Reads an `Authorization` value (RFC 6750): absent is nobody, anything else must be `Bearer <access token or API key>`.
 *
 * @throws Refusal UNAUTHENTICATED for a value that is there but not good
 */
export type Authenticate = (authorization: string | undefined, client: Client) => Promise<Authenticated>;

export function createAuthenticate(tokens: Tokens, apiKeys: Pick<ApiKeys, 'verify'>, audit: Audit): Authenticate {
  function refuse(reason: string, client: Client, message: string): Refusal {
    audit({ event: 'token.refused', reason, client });
    return new Refusal('UNAUTHENTICATED', message);
  }

  return async (authorization, client) => {
    if (authorization === undefined) return { user: null, client };
    const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
    if (token === undefined) {
      throw refuse('scheme', client, 'The Authorization header must read "Bearer <access token or API key>".');
    }
    if (isOpaque('API key', token)) return { user: await apiKeys.verify(token, client), client };
    if (isOpaque('refresh token', token)) {
      throw refuse('refresh-token', client, 'This is a refresh token; exchange it for an access token first.');
    }
    return { user: await tokens.verify(token, client), client };
  };
}
