import type { ErrorCode } from '../../src/errors.ts';
import type { Forgery } from './forged-tokens.ts';

export const TRANSPORTS = ['REST', 'GraphQL over HTTP', 'GraphQL over WebSocket'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** An operation, said once for all transports. `args` is JSON text that each of them takes in as it is. */
export type Ask =
  | { readonly do: 'create'; readonly name: string; readonly template?: string; readonly args?: string }
  | { readonly do: 'push' | 'merge'; readonly id: string; readonly args: string; readonly onlyIf?: 'stale' }
  | { readonly do: 'delete'; readonly id: string }
  /** Template and args. */
  | { readonly do: 'read'; readonly id: string }
  /** This text where a push of the kept public session would stand. */
  | { readonly do: 'send'; readonly body: string; readonly method?: string; readonly contentType?: string | null };

/** What comes back over one transport: the code, and beside it the status or close code that is not the usual one. */
export type Cell =
  | number
  /** Why this transport cannot express the case. */
  | { readonly cannot: string };

export interface Case {
  readonly what: string;
  readonly ask: Ask;
  /** Default: alice, who owns `alice/kept`. */
  readonly as?: 'nobody' | 'alice' | 'mallory' | Forgery;
  /** Sent with the request, on WebSocket with its upgrade. */
  readonly headers?: Readonly<Record<string, string>>;
  /** null: it is none, though it looks so, and is accepted. */
  readonly code: ErrorCode | null;
  /** HTTP status. Default: the code's. */
  readonly REST?: Cell;
  /** HTTP status. Default: 200, for the operation ran. */
  readonly 'GraphQL over HTTP'?: Cell;
  /** Close code, or the status that refuses the upgrade. Default: the socket stays open. */
  readonly 'GraphQL over WebSocket'?: Cell;
  /** Stands in the picture of the kept public session once the case is accepted. */
  readonly shows?: string;
  /** This client has made as many sessions as it may in a minute. */
  readonly spent?: true;
  /** The store is out of reach meanwhile. */
  readonly storeAway?: true;
  /** Default: both stores can express the case. */
  readonly embedded?: Exclude<Cell, number>;
}

/** Both sessions that are watched; each test writes to them before and after. */
export const KEPT = { public: 'kept', owned: 'alice/kept' } as const;

/** Put into args, it becomes the bytes FF FE FD, which no UTF-8 text contains. */
export const NO_UTF8 = '\uf8ff';

/** What `shows` and refusals are compared on. */
export const TEMPLATE = '<svg xmlns="http://www.w3.org/2000/svg"><text>{{ n }}</text></svg>';
