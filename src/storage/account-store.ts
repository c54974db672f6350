export type Role = 'user' | 'admin';

/** What an account is made of when somebody claims its id. */
export interface NewAccount {
  /** Opaque, `[a-z0-9]{16}`, unguessable: never given to another account, though its id may be. */
  readonly uid: string;
  /** PHC string of Argon2id. */
  readonly passwordHash: string;
  readonly role: Role;
}

export interface Account extends NewAccount {
  readonly userId: string;
  /** 1 at first; the next one begins whenever all that rests on the account shall end at once, as when it is disabled. */
  readonly generation: number;
  readonly disabled: boolean;
  /** Milliseconds since 1970 by the store's own clock. */
  readonly createdAt: number;
}

/** Absent: stays as it is. */
export type AccountChange = Partial<Pick<Account, 'passwordHash' | 'role' | 'generation' | 'disabled'>>;

/** User accounts. They never expire. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface AccountStore {
  /** @returns null: nobody has the id, though it may be reserved */
  find(userId: string): Promise<Account | null>;
  /**
   * Creates the account if the id is free. Atomic: of many claims of one id exactly one is told `claimed`. Durable once
   * answered.
   */
  claim(userId: string, account: NewAccount): Promise<'claimed' | 'taken' | 'reserved'>;
  /** Changes the account that has this uid and, if given, still this password hash. False: there is none, so nothing was changed. */
  change(
    userId: string,
    expect: { readonly uid: string; readonly passwordHash?: string },
    change: AccountChange,
  ): Promise<boolean>;
  /** Removes the account of this uid; nobody can claim its id for `reservedMs`. False: there was none. */
  remove(userId: string, uid: string, reservedMs: number): Promise<boolean>;
  /** All accounts, in no particular order; for operators. */
  list(): AsyncIterable<Account>;
}
