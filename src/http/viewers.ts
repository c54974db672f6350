import { Refusal } from '../errors.ts';

export const VIEWER_TRANSPORTS = ['multipart', 'sse', 'websocket'] as const;

export type ViewerTransport = (typeof VIEWER_TRANSPORTS)[number];

/**
 * Every connection that watches, whichever transport it came by: one WebSocket is one, however many operations it runs,
 * since what is scarce is sockets.
 */
export interface Viewers {
  /** @returns tells that it has left; calling it again does nothing. @throws Refusal UNAVAILABLE when it is one too many, or the server is shutting down */
  enter(transport: ViewerTransport): () => void;
  count(transport: ViewerTransport): number;
  /** What is to be done when the streams shall end; it resolves when they have, within the time it is given. */
  onDrain(end: (withinMs: number) => Promise<void> | void): void;
  /** Lets nobody in from now on and ends all streams. Resolves once everybody has left, or after `withinMs`. */
  drain(withinMs: number): Promise<void>;
}

/** Seconds. Nobody knows when somebody will leave; it keeps those who only wait from asking all the time. */
const RETRY_AFTER_SECONDS = 10;

/** @param max connections at the same time */
export function createViewers(max: number): Viewers {
  const inside = new Set<{ readonly transport: ViewerTransport }>();
  const enders: ((withinMs: number) => Promise<void> | void)[] = [];
  let draining = false;
  let onEmpty = () => {};

  return {
    enter(transport) {
      if (draining) throw new Refusal('UNAVAILABLE', 'The server is shutting down; try again.', { reason: 'shutdown' });
      if (inside.size >= max) {
        throw new Refusal('UNAVAILABLE', 'The server has as many viewers as it may; try again later.', {
          ...{ reason: 'viewers', retryAfterSeconds: RETRY_AFTER_SECONDS },
        });
      }
      const viewer = { transport };
      inside.add(viewer);
      return () => {
        if (inside.delete(viewer) && inside.size === 0) onEmpty();
      };
    },

    count: (transport) => [...inside].filter((viewer) => viewer.transport === transport).length,

    onDrain(end) {
      enders.push(end);
    },

    async drain(withinMs) {
      draining = true;
      const left = new Promise<void>((resolve) => {
        const deadline = setTimeout(resolve, withinMs);
        onEmpty = () => {
          clearTimeout(deadline);
          resolve();
        };
        if (inside.size === 0) onEmpty();
      });
      await Promise.all([left, ...enders.map((end) => end(withinMs))]);
    },
  };
}
