/** The secret that view links are signed with, opaque to the store. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface LinkKeyStore {
  /** Stores the secret if there is none yet, atomically and durably. @returns the one that stands there now */
  offer(secret: string): Promise<string>;
}
