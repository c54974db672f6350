/**
 * What one GraphQL operation may ask for. The largest sensible operation, a page of 200 sessions with every field,
 * stays below all of them; so do GraphiQL's introspection query and a template written into the document.
 */

/** Tokens of a document. It bounds parsing and the validation rules that compare fields pairwise. */
export const MAX_TOKENS = 2000;

/** Brackets within brackets, of fields and of values alike; args are 24 levels deep at most. */
export const MAX_NESTING = 50;

/** Fields within fields. `sessions { edges { node { frame { svg } } } }` is 5. */
export const MAX_DEPTH = 10;

/** Fields of an operation counted after fragments are spread, aliases each for themselves. */
export const MAX_BREADTH = 200;

/** Sum of the costs below, a list's items counted as often as they may come. */
export const MAX_COMPLEXITY = 10_000;

/** Costs in units of one plain field. */
export const COST = {
  /** Needs a session's content, which a list does not carry. */
  content: 6,
  /** Asks the store for a number. */
  count: 3,
  /** Reads the store. */
  read: 10,
  /** Renders and stores. */
  write: 500,
  /** Renders, though it stores nothing: a few in one operation. */
  preview: 2000,
  /** Hashes a password. */
  signIn: 5000,
} as const;

/** Fields that check a secret: one per operation, so that guesses cannot be bundled. */
export const SIGN_IN_FIELDS: ReadonlySet<string> = new Set([
  'issueToken',
  'refreshToken',
  'exchangeApiKey',
  'changePassword',
  'deleteAccount',
]);

/** Operations that run at once on one WebSocket: a page with some hundred pictures in view is one connection. */
export const MAX_OPERATIONS_PER_SOCKET = 500;

/** UTF-16 code units of all documents that are kept parsed, and of one that is worth keeping. */
export const PARSED_DOCUMENTS = { total: 1_000_000, each: 20_000 } as const;
