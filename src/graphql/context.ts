import type { IncomingMessage } from 'node:http';
import type { Accounts } from '../auth/accounts.ts';
import type { ApiKeys } from '../auth/api-keys.ts';
import type { Caller } from '../auth/caller.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import type { Audience } from '../frames/audience.ts';
import type { Frames } from '../frames/frames.ts';
import type { GalleryPictures } from '../gallery/gallery-pictures.ts';
import type { PictureRoute } from '../http/public-base.ts';
import type { Previews } from '../sessions/previews.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { ViewLinks } from '../sessions/view-links.ts';
import type { WhenTokenEnds } from './ends-with-token.ts';
import type { Handover } from './handover.ts';

/** Calls back once the client of this operation has left, at once if it has already. */
export type WhenGone = (then: () => void) => void;

/** How the transport of a subscription may take its results. */
export interface Streaming {
  /** null: there is no token, or the connection ends with it as a whole. */
  readonly whenTokenEnds: WhenTokenEnds | null;
  /** null: whoever asked reads the results of a subscription itself. */
  readonly handover: Handover | null;
}

/** What every resolver is given: who asks, the services, and how links in the answer begin. */
export interface GraphqlContext extends Streaming {
  readonly caller: Caller;
  readonly sessions: Sessions;
  readonly viewLinks: ViewLinks;
  readonly previews: Previews;
  readonly galleryPictures: GalleryPictures;
  readonly frames: Frames;
  readonly audience: Audience;
  readonly signIns: SignIns;
  readonly accounts: Accounts;
  readonly apiKeys: ApiKeys;
  readonly whenGone: WhenGone;
  /** Absolute URL of the session's picture. */
  readonly pictureUrl: (route: PictureRoute, id: SessionId) => string;
}

/** @param streaming default: no subscription is asked for */
export type ContextFor = (
  request: IncomingMessage,
  caller: Caller,
  whenGone: WhenGone,
  streaming?: Streaming,
) => GraphqlContext;

export const NO_STREAMING: Streaming = { whenTokenEnds: null, handover: null };
