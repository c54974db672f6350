/** How much there is of something in each span of time, which begins with the first point that is taken of it. */
export interface Allowance {
  readonly points: number;
  /** Whole seconds, in milliseconds. */
  readonly windowMs: number;
}

export interface Taken {
  /** 0 to as many as were asked for. */
  readonly granted: number;
  /** How many are left in this window. */
  readonly remaining: number;
  /** Until the next window begins, more than 0. */
  readonly resetMs: number;
}

/**
 * Counters that run out and go by themselves; nothing durable. Keys are opaque; whoever makes them lets no client spell
 * another's. Methods throw Refusal UNAVAILABLE when the store cannot be reached.
 */
export interface LimitStore {
  /**
   * Takes that many points, or those that are left. Atomic: all that is granted in one window, through all handles on
   * one store, is never more than the allowance.
   */
  take(key: string, points: number, allowance: Allowance): Promise<Taken>;
  /** Remembers the key for that long, from now; whole seconds, in milliseconds, at most 24 days. */
  mark(key: string, forMs: number): Promise<void>;
  /** How long the key is still remembered, in milliseconds; 0: it is not. */
  remembered(key: string): Promise<number>;
  /** Forgets the key and all that was taken of it. */
  forget(key: string): Promise<void>;
}
