import type { SessionId } from '../sessions/session-id.ts';
import type { StoredFrame } from '../storage/session-store.ts';

/** One rendered picture of a session. */
export interface Frame extends Omit<StoredFrame, 'access'> {
  readonly sessionId: SessionId;
}

/** `<epoch>.<version>`: opaque to clients, never the same for two different frames of one session id. */
export function frameEtag(frame: { readonly epoch: string; readonly version: number }): string {
  return `${frame.epoch}.${frame.version}`;
}
