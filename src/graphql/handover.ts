import type { GraphQLResolveInfo } from 'graphql';
import type { Visitor } from '../frames/admission.ts';
import type { Frame } from '../frames/frame.ts';
import type { SessionId } from '../sessions/session-id.ts';

/** What a subscription watches, and as what its viewer sees it. */
export interface Watching {
  readonly id: SessionId;
  readonly visitor: Visitor;
  /** Etag of the frame that is left out; '' is that of none. */
  readonly after: string;
  readonly info: GraphQLResolveInfo;
}

/**
 * A transport that writes the frames of a subscription itself, beneath the pipeline between it and the one field whose
 * results are the same for all viewers.
 */
export interface Handover {
  /** From here on the frames are written. @throws Refusal what the subscription is refused with */
  begin(watching: Watching): Promise<void>;
  /** Nobody is to read the results. */
  readonly begun: boolean;
}

/** Stands for the results of a subscription that a transport writes. */
export const WRITTEN_BY_TRANSPORT: AsyncIterableIterator<Frame, undefined> = {
  [Symbol.asyncIterator]: () => WRITTEN_BY_TRANSPORT,
  next: async () => ({ done: true, value: undefined }),
  return: async () => ({ done: true, value: undefined }),
};
