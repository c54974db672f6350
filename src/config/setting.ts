import type { z } from 'zod';

/** One setting: all that is known about it, wherever it is read or shown. */
export interface Setting<T> {
  /** Without the dashes; null: it has none, since other users of the machine see command lines. */
  readonly flag: string | null;
  readonly env: string;
  /** One short sentence. */
  readonly meaning: string;
  /** The values it may have, in words. */
  readonly accepts: string;
  readonly schema: z.ZodType<T, string>;
  /** Text: read like a written value. null: the setting is then null. */
  readonly fallback: string | null | DerivedDefault<T>;
  /** The value may hold a password: it appears in no message. */
  readonly secret?: true;
  /** Key of the setting without which this one means nothing. */
  readonly needs?: string;
}

/** A default that depends on settings further up in the table. */
export interface DerivedDefault<T> {
  readonly inWords: string;
  of(known: { readonly host: string; readonly redisUrl: string | null }): T;
}

export const setting = <T>(entry: Setting<T>): Setting<T> => entry;
