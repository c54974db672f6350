import type { SessionId } from '../sessions/session-id.ts';

export interface ViewerCount {
  readonly id: SessionId;
  /** 0: forget what was told before. */
  readonly viewers: number;
}

/**
 * How many watch each session, as the nodes of one store tell each other. Best effort and not durable: what a node told
 * is forgotten `ttlMs` later, by the store's clock, unless it tells it again.
 *
 * Both methods throw Refusal UNAVAILABLE when the store cannot be reached.
 */
export interface ViewerCountStore {
  /** In place of what this node told of these sessions before; of others it stays. In one round trip. @param node `[a-z0-9]+` */
  tell(node: string, counts: readonly ViewerCount[], ttlMs: number): Promise<void>;
  /** The sum of what all nodes but this one told. */
  elsewhere(node: string, id: SessionId): Promise<number>;
}
