import type { AccountStore } from './account-store.ts';
import type { KeyStore } from './key-store.ts';
import type { SessionStore } from './session-store.ts';

/** One backend with all its ports. */
export interface Storage {
  /** For people: which store, and where. Holds no password. */
  readonly description: string;
  readonly sessions: SessionStore;
  readonly accounts: AccountStore;
  readonly keys: KeyStore;
  /** Resolves when the store answers. @throws Refusal UNAVAILABLE */
  ping(): Promise<void>;
  /** Finishes what is under way, then lets go of files and connections. */
  close(): Promise<void>;
}
