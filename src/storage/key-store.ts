/** The signing key: one record with both halves, opaque to the store. Methods throw Refusal UNAVAILABLE when the store cannot be reached. */
export interface KeyStore {
  read(): Promise<string | null>;
  /** Stores the record if there is none yet, atomically and durably. @returns the record that stands there now. */
  offer(record: string): Promise<string>;
}
