import type { JWTPayload } from 'jose';
import { z } from 'zod';
import type { Grant } from './tokens.ts';

const payload = z
  .object({
    sub: z.string(),
    iat: z.number(),
    exp: z.number(),
    uid: z.string(),
    gen: z.number(),
    sid: z.string(),
    role: z.enum(['user', 'admin']),
    push: z.array(z.string()).optional(),
  })
  .transform(({ sub, iat, exp, uid, gen, sid, role, push }) => ({
    ...{ userId: sub, uid, generation: gen, sid, role, pushOnly: push ?? null },
    ...{ issuedAt: iat * 1000, expiresAt: exp * 1000 },
  }));

interface OwnClaims extends Grant {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Our own claims of a token. */
export function payloadOf({ uid, generation, sid, role, pushOnly }: Grant): JWTPayload {
  return { uid, gen: generation, sid, role, ...(pushOnly === null ? {} : { push: [...pushOnly] }) };
}

/** @returns null for claims that no token of ours has; times in milliseconds since 1970 */
export function claimsOf(claims: JWTPayload): OwnClaims | null {
  return payload.safeParse(claims).data ?? null;
}
