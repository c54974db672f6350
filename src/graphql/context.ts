import type { Caller } from '../auth/caller.ts';
import type { SignIn } from '../auth/sign-in.ts';
import type { Frames } from '../frames/frames.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';

/** Calls back once the client of this operation has left, at once if it has already. */
export type WhenGone = (then: () => void) => void;

/** What every resolver is given: who asks, the services, and how links in the answer begin. */
export interface GraphqlContext {
  readonly caller: Caller;
  readonly sessions: Sessions;
  readonly frames: Frames;
  readonly signIn: SignIn;
  readonly whenGone: WhenGone;
  /** Absolute URL of the session's stream. */
  readonly streamUrl: (id: SessionId) => string;
}
