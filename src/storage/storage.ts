import type { AccountStore } from './account-store.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import type { DenialStore } from './denial-store.ts';
import type { KeyStore } from './key-store.ts';
import type { LimitStore } from './limit-store.ts';
import type { LinkKeyStore } from './link-key-store.ts';
import type { SessionStore } from './session-store.ts';
import type { SignInStore } from './sign-in-store.ts';
import type { ViewerCountStore } from './viewer-count-store.ts';

/** One backend with all its ports. */
export interface Storage {
  /** For people: which store, and where. Holds no password. */
  readonly description: string;
  readonly sessions: SessionStore;
  readonly accounts: AccountStore;
  readonly signIns: SignInStore;
  readonly apiKeys: ApiKeyStore;
  readonly denials: DenialStore;
  readonly keys: KeyStore;
  readonly linkKey: LinkKeyStore;
  readonly limits: LimitStore;
  /** null: no other node has viewers of these sessions. */
  readonly viewerCounts: ViewerCountStore | null;
  /** Resolves when the store answers. @throws Refusal UNAVAILABLE */
  ping(): Promise<void>;
  /** Finishes what is under way, then lets go of files and connections. */
  close(): Promise<void>;
}
