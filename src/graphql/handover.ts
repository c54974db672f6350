import type { GraphQLResolveInfo } from 'graphql';
import type { Visitor } from '../frames/admission.ts';
import type { SessionId } from '../sessions/session-id.ts';

/** What a subscription watches, and as what its viewers see it. */
export interface Watching {
  readonly id: SessionId;
  readonly visitor: Visitor;
  /** Etag of the frame that is left out; '' is that of none. */
  readonly after: string;
  readonly info: GraphQLResolveInfo;
}

/** A subscription that has begun as every other, and whose frames its transport writes itself from here on. */
export interface Taken extends Watching {
  /** Ends the results that nobody will read. Until then they keep the session listened to. */
  release(): void;
}

/** How the one field whose results are the same for all viewers tells a transport so, beneath the pipeline between them. */
export interface Handover {
  offer(watching: Watching): void;
  /** @returns null: nothing was offered, the results are to be read */
  take(results: AsyncIterable<unknown>): Taken | null;
  readonly taken: Taken | null;
}

export function createHandover(): Handover {
  let offered: Watching | null = null;
  let taken: Taken | null = null;
  return {
    offer(watching) {
      offered = watching;
    },
    take(results) {
      const release = () => void results[Symbol.asyncIterator]().return?.();
      taken = offered && { release, ...offered };
      return taken;
    },
    get taken() {
      return taken;
    },
  };
}
