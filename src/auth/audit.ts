import type { Log } from '../log.ts';
import type { Client } from './caller.ts';

/** Every security event. The names are API: operators search logs and watch `rsvg_security_events_total` for them. */
export const SECURITY_EVENTS = [
  'account.claimed',
  'account.deleted',
  'account.disabled',
  'account.enabled',
  'account.password',
  'account.role',
  'forbidden',
  'key.created',
  'key.revoked',
  'limited',
  'sign-in.refused',
  'sign-out',
  'token.issued',
  'token.refused',
  'token.reused',
  'token.rotated',
] as const;

export type SecurityEventName = (typeof SECURITY_EVENTS)[number];

/** One security event. Never a secret in any field: no password, token, key, nor a part or a hash of one. */
export interface SecurityEvent {
  readonly event: SecurityEventName;
  /** null: an operator caused it, on the command line. */
  readonly client: Client | null;
  readonly userId?: string;
  /** The sign-in. */
  readonly sid?: string;
  readonly keyId?: string;
  /** The true one; the client may be told less. */
  readonly reason?: string;
  /** What was asked for, such as `sessions.update`. */
  readonly action?: string;
  /** Which limit was met. */
  readonly limit?: string;
  readonly ttlSeconds?: number;
  readonly everywhere?: boolean;
  readonly role?: string;
}

/** Tells of a security event. */
export type Audit = (event: SecurityEvent) => void;

/** Writes one log line of level `info` per event, with the address and agent of the client. */
export function createAudit(log: Log): Audit {
  return ({ event, client, ...fields }) => {
    const from = client === null ? { operator: true } : { address: client.address, agent: client.agent };
    log.info({ event, ...fields, ...from }, `security event: ${event}`);
  };
}
