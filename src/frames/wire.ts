/** Where the bytes of one viewer go: a socket, or what shares one with others. No call may throw. */
export interface Wire {
  /**
   * The bytes belong to all viewers: nobody ever changes them.
   *
   * @returns whether all of them were taken. If not, nothing else is written before `whenTaken` has called back.
   */
  write(bytes: Buffer): boolean;
  /** Asked for once after each `write` that was not all taken. Never calls back at once. */
  whenTaken(then: () => void): void;
  /** Writes the last bytes behind whatever is not yet taken, and closes. */
  end(bytes: Buffer): void;
  /** Closes without regard to what is not yet taken. */
  destroy(): void;
}
