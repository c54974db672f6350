import { Refusal } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { Tokens } from './tokens.ts';

/**
 * Reads an `Authorization` value (RFC 6750): absent is nobody, anything else must be `Bearer <access token>`.
 *
 * @throws Refusal UNAUTHENTICATED for a value that is there but not good
 */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

export function createAuthenticate(tokens: Tokens): Authenticate {
  return async (authorization) => {
    if (authorization === undefined) return null;
    const [, token] = /^Bearer +([^\s]+)$/i.exec(authorization) ?? [];
    if (token === undefined) {
      throw new Refusal('UNAUTHENTICATED', 'The Authorization header must read "Bearer <access token>".');
    }
    const { userId } = await tokens.verify(token);
    return { userId };
  };
}
