/** What the server tells the console in its document. */
export interface PageSettings {
  /** How links in snippets begin: `http://127.0.0.1:3000`. */
  readonly base: string;
  /** Id of the demo; null: this server keeps none. */
  readonly demo: string | null;
  /** Whether visitors may create public sessions and change them without signing in. */
  readonly anonymousWrites: boolean;
  /** Whether a free user id can be claimed. */
  readonly signUp: boolean;
}
