/**
 * The signing keys: one record, opaque to the store, so that of two changes at once one is refused and none is lost.
 * Methods throw Refusal UNAVAILABLE when the store cannot be reached.
 */
export interface KeyStore {
  read(): Promise<string | null>;
  /** Stores the record if there is none yet, atomically and durably. @returns the record that stands there now. */
  offer(record: string): Promise<string>;
  /** Stores `next` if `standing` stands there, atomically and durably. @returns whether it did */
  replace(standing: string, next: string): Promise<boolean>;
}
