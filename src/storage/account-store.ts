export interface Account {
  readonly userId: string;
  /** PHC string of Argon2id. */
  readonly passwordHash: string;
  /** Milliseconds since 1970 by the store's own clock. */
  readonly createdAt: number;
}

/** User accounts. They never expire. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface AccountStore {
  find(userId: string): Promise<Account | null>;
  /** Creates the account if the id is free. Atomic: of many claims of one id exactly one is told true. Durable once answered. */
  claim(userId: string, passwordHash: string): Promise<boolean>;
}
