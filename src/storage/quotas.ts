import { Refusal } from '../errors.ts';

/** How much may be stored. A lowered quota ends nothing: it refuses what would take more than there is. */
export interface Quotas {
  /** Sessions of one owner that have not expired. */
  readonly maxSessionsPerUser: number;
  /** Public sessions of the whole store that have not expired. */
  readonly maxPublicSessions: number;
  /** UTF-8 bytes of template, args and newest svg, of all sessions of one owner together. Warnings and names count nothing. */
  readonly maxBytesPerUser: number;
}

/** For stores that nobody limits. */
export const NO_QUOTAS: Quotas = {
  maxSessionsPerUser: Number.MAX_SAFE_INTEGER,
  maxPublicSessions: Number.MAX_SAFE_INTEGER,
  maxBytesPerUser: Number.MAX_SAFE_INTEGER,
};

/** A write that would pass a quota. */
export interface Excess {
  readonly quota: keyof Quotas;
  /** Sessions or bytes that count now. */
  readonly used: number;
  /** What would count after the write. */
  readonly wanted: number;
}

const SETTINGS = {
  maxSessionsPerUser: 'MAX_SESSIONS_PER_USER',
  maxPublicSessions: 'MAX_PUBLIC_SESSIONS',
  maxBytesPerUser: 'MAX_BYTES_PER_USER',
} as const satisfies Record<keyof Quotas, string>;

/** Nobody knows when somebody will delete something; a minute keeps those who only wait from asking all the time. */
const RETRY_AFTER_SECONDS = 60;

/** RATE_LIMITED, with `retryAfterSeconds`, and `limit`, `used` and `max` for programs. */
export function refusalOfExcess({ quota, used, wanted }: Excess, quotas: Quotas): Refusal {
  const limit = SETTINGS[quota];
  const max = quotas[quota];
  const messages = {
    maxSessionsPerUser: `You have ${used} sessions and ${limit} is ${max}: delete some, or give them a time to live.`,
    maxPublicSessions: `There are ${used} public sessions and ${limit} is ${max}: wait until some expire, and give yours a short time to live.`,
    maxBytesPerUser: `Your sessions hold ${used} bytes, with this write ${wanted}, and ${limit} is ${max}: delete some, or make templates, args and pictures smaller.`,
  } as const satisfies Record<keyof Quotas, string>;
  const details = { retryAfterSeconds: RETRY_AFTER_SECONDS, limit, used, max };
  return new Refusal('RATE_LIMITED', `${messages[quota]} Nothing was changed.`, details);
}
