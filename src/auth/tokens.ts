import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import type { LoadSigningKey } from './signing-key.ts';

const ISSUER = 'realtime-svg';
const ALGORITHM = 'RS256';

/** How far the clocks of two servers may lie apart. */
const MAX_CLOCK_SKEW_MS = 60_000;

const REMEMBERED_TOKENS = 10_000;

export interface AccessToken {
  /** JWT (RFC 7519) with the claims sub, iat, exp, iss, jti. */
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface Claims {
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface Tokens {
  issue(userId: string, ttlSeconds: number): Promise<AccessToken>;
  /** Asks no store. A token that was verified once is remembered until it expires. @throws Refusal UNAUTHENTICATED */
  verify(token: string): Promise<Claims>;
}

/** Why a token was refused, for the log: the client is told less. */
function trueReason(error: unknown): 'expired' | 'signature' | 'algorithm' | 'claims' | 'form' {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWTClaimValidationFailed) return 'claims';
  return 'form';
}

export function createTokens(loadKey: LoadSigningKey, log: Log): Tokens {
  const remembered = new LRUCache<string, Claims>({ max: REMEMBERED_TOKENS });

  function refuse(reason: ReturnType<typeof trueReason>): Refusal {
    log.info({ event: 'token.refused', reason }, 'token refused');
    return new Refusal(
      'UNAUTHENTICATED',
      reason === 'expired' ? 'The token has expired; sign in again.' : 'The token is not valid; sign in again.',
    );
  }

  return {
    async issue(userId, ttlSeconds) {
      const { kid, privateKey } = await loadKey();
      const issuedAt = Math.floor(Date.now() / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ttlSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
      log.info({ event: 'token.issued', userId, ttlSeconds }, 'token issued');
      return { token, expiresInSeconds: ttlSeconds };
    },

    async verify(token) {
      const known = remembered.get(token);
      if (known !== undefined) {
        if (known.expiresAt > Date.now()) return known;
        remembered.delete(token);
        throw refuse('expired');
      }
      const { publicKey } = await loadKey();
      const verified = await jwtVerify(token, publicKey, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['sub', 'iat', 'exp', 'jti'],
      }).catch((error: unknown) => {
        throw refuse(trueReason(error));
      });
      const { sub, exp, iat } = verified.payload;
      if (typeof sub !== 'string' || typeof exp !== 'number' || typeof iat !== 'number') throw refuse('claims');
      if (iat * 1000 > Date.now() + MAX_CLOCK_SKEW_MS) throw refuse('claims');
      const claims = { userId: sub, expiresAt: exp * 1000 };
      remembered.set(token, claims);
      return claims;
    },
  };
}
