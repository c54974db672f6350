/**
 * Something that is denied though its signature is good, until every token that rests on it has expired. The subject is
 * `sid:<sid>` (a sign-in or an API key) or `account:<uid>.<generation>`.
 */
export interface Denial {
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface Denials {
  /** The number of the last `deny`; 0: there was none. It only goes back if the store has lost data. */
  readonly sequence: number;
  readonly denials: readonly Denial[];
  /** The denials are all there are: whoever knows more should deny it again, since the store has lost it. */
  readonly complete: boolean;
}

/**
 * The deny list. It only grows, and each entry goes by itself when its time is over, so that copies of it can be joined
 * in any order. Methods throw Refusal UNAVAILABLE when the store cannot be reached.
 */
export interface DenialStore {
  /** Adds all of them in one atomic step, announces them, and is durable once answered. Of two times the later one counts. */
  deny(denials: readonly Denial[]): Promise<void>;
  /**
   * What was denied after that sequence number and is still, and the number now. All of it if `after` is 0, or no number
   * that this store gave since it was empty: it has lost its data, then.
   */
  load(after: number): Promise<Denials>;
  /** The sequence number alone; cheap enough to be asked each second. */
  sequence(): Promise<number>;
  /**
   * Calls back after each change that this process hears of, and after every connection that was lost and is back; then
   * `reconnected` is true and it is wise to load from 0: a store that failed over may have lost single denials.
   * Resolves once subscribed. It only hints: what changed is to be loaded. @returns stops it; idempotent
   */
  watch(changed: (reconnected: boolean) => void): Promise<() => void>;
}
