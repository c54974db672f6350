import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../errors.ts';
import type { Audit } from './audit.ts';
import type { Client, User } from './caller.ts';
import { claimsOf, payloadOf } from './claims.ts';
import type { Revocations } from './revocations.ts';
import type { SigningKeys } from './signing-keys.ts';
import { MAX_CLOCK_SKEW_MS, MAX_TTL_SECONDS } from './token-lifetime.ts';

const ISSUER = 'realtime-svg';
const ALGORITHM = 'RS256';

/** Code units. The longest that we issue, for an API key with many scopes, has about 6,500. */
const MAX_TOKEN_LENGTH = 8192;

/** Code units of all remembered tokens together: about 14,000 tokens. */
const REMEMBERED_LENGTH = 10_000_000;

export interface AccessToken {
  /**
   * JWT (RFC 7519): `sub` is the user id, beside `iat`, `exp`, `iss`, `jti`, and of our own `uid` and `gen` (account and
   * its generation), `sid` (sign-in or API key), `role`, and `push`, ids of sessions, if it is for nothing but their args.
   */
  readonly token: string;
  readonly expiresInSeconds: number;
}

/** Whom a token speaks for. */
export interface Grant extends User {
  /** Of the account: when another one begins, all that rests on this one ends. */
  readonly generation: number;
}

/** A grant that was proved, by a token or an API key. */
export interface Proof extends Grant {
  /** Milliseconds since 1970; null: never. */
  readonly expiresAt: number | null;
  /** The key that signed it, if it is a token. */
  readonly kid?: string;
}

export interface Claims extends Proof {
  readonly expiresAt: number;
  readonly kid: string;
}

export interface Tokens {
  /** `ttlSeconds`: at most 86,400, as long as a denial must last. */
  issue(grant: Grant, ttlSeconds: number): Promise<AccessToken>;
  /**
   * Asks no store. That the signature was good is remembered until the token expires; whether it is denied is asked of
   * the memory of denials each time. @throws Refusal UNAUTHENTICATED; UNAVAILABLE before that memory was first loaded
   */
  verify(token: string, client: Client): Promise<Claims>;
}

type Reason = 'expired' | 'revoked' | 'signature' | 'algorithm' | 'key' | 'claims' | 'form' | 'length';

const MESSAGES: Partial<Record<Reason, string>> = {
  expired: 'The token has expired; sign in again.',
  revoked: 'The token was revoked; sign in again.',
};

/** Why a token was refused, for the log: the client is told less. */
function trueReason(error: unknown): Reason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWKSNoMatchingKey) return 'key';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWTClaimValidationFailed) return 'claims';
  return 'form';
}

/**
 * `iat` may be to come by as far as clocks may lie apart. `exp` has no such tolerance, so a server whose clock is fast
 * ends tokens early, and none lives longer than it was promised. Longer than we promise none may: a denial ends then.
 */
function areOurs({ issuedAt, expiresAt }: { readonly issuedAt: number; readonly expiresAt: number }): boolean {
  return issuedAt <= Date.now() + MAX_CLOCK_SKEW_MS && expiresAt - issuedAt <= MAX_TTL_SECONDS * 1000;
}

export function createTokens(
  keys: Pick<SigningKeys, 'signer' | 'verifier'>,
  revocations: Pick<Revocations, 'check'>,
  audit: Audit,
): Tokens {
  const remembered = new LRUCache<string, Claims>({
    maxSize: REMEMBERED_LENGTH,
    sizeCalculation: (_claims, token) => token.length,
  });

  /** A `kid` is compared with those of our keys, never used to find one elsewhere, as is nothing else that a header says. */
  async function read(token: string): Promise<Claims | Reason> {
    if (token.length > MAX_TOKEN_LENGTH) return 'length';
    const known = remembered.get(token);
    if (known !== undefined) return known;
    let kid = '';
    const keyFor = async (header: { readonly kid?: string }) => {
      const verifier = await keys.verifier(header.kid);
      if (verifier === null) throw new errors.JWKSNoMatchingKey();
      kid = verifier.kid;
      return verifier.publicKey;
    };
    try {
      const { payload } = await jwtVerify(token, keyFor, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['sub', 'iat', 'exp', 'jti', 'uid', 'gen', 'sid', 'role'],
      });
      const own = claimsOf(payload);
      if (own === null || !areOurs(own)) return 'claims';
      const claims = { ...own, kid };
      remembered.set(token, claims);
      return claims;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      return trueReason(error);
    }
  }

  return {
    async issue(grant, ttlSeconds) {
      const { kid, privateKey } = await keys.signer();
      const issuedAt = Math.floor(Date.now() / 1000);
      const token = await new SignJWT(payloadOf(grant))
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setSubject(grant.userId)
        .setIssuer(ISSUER)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ttlSeconds)
        .setJti(randomUUID())
        .sign(privateKey);
      return { token, expiresInSeconds: ttlSeconds };
    },

    async verify(token, client) {
      const claims = await read(token);
      function refuse(reason: Reason): Refusal {
        audit({
          event: 'token.refused',
          reason,
          client,
          ...(typeof claims === 'string' ? {} : { userId: claims.userId }),
        });
        return new Refusal('UNAUTHENTICATED', MESSAGES[reason] ?? 'The token is not valid; sign in again.');
      }
      if (typeof claims === 'string') throw refuse(claims);
      const denied = await revocations.check(claims);
      if (denied) throw refuse('revoked');
      if (claims.expiresAt <= Date.now()) {
        remembered.delete(token);
        throw refuse('expired');
      }
      return claims;
    },
  };
}
