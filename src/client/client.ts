import { checkArgs } from './check-args.ts';
import { ANONYMOUS, type TokenOption, withToken } from './credentials.ts';
import { createExecute, type Execute, type TypedDocument, type VariablesOf } from './execute.ts';
import {
  CreateSessionDocument,
  DeleteSessionDocument,
  PushDocument,
  WatchFramesDocument,
} from './generated/graphql.ts';
import { RequestError } from './request-error.ts';
import { type SignInOption, withSignIn } from './sign-in.ts';
import { type ConnectionState, createWatch } from './watch.ts';
import { type Frame, watchFrames } from './watch-frames.ts';

export type { TokenOption } from './credentials.ts';
export type { Execute, Executed, TypedDocument, VariablesOf } from './execute.ts';
export { type ErrorCode, RequestError } from './request-error.ts';
export type { SignInOption } from './sign-in.ts';
export type { ConnectionState } from './watch.ts';
export type { Frame } from './watch-frames.ts';

/** JSON: a template's variables. */
export type Args = Readonly<Record<string, unknown>>;

export interface ClientOptions {
  /** Of the server, for example `https://pictures.example`; a path before its routes belongs to it. */
  readonly url: string;
  /** Default: nobody is signed in. Not together with `signIn`. */
  readonly token?: TokenOption;
  /**
   * Signs in when a token is first needed and keeps the sign-in alive. Where sign-up is open a free user id is claimed by
   * it. In a page of others use `token`: a password in a page is everybody's.
   */
  readonly signIn?: SignInOption;
  /** For runtimes without one of their own, as Node.js 20: the `WebSocket` of the package `ws`. */
  readonly webSocket?: unknown;
  /** Hears of the connection that all watches share. `waiting`: it is lost, and tried again until it is back. */
  readonly onState?: (state: ConnectionState) => void;
}

export interface NewSession {
  /** Default: 16 unguessable characters. */
  readonly name?: string;
  /** SVG in nunjucks syntax. */
  readonly template: string;
  /** Default: none. */
  readonly args?: Args;
  /** Ends the session this long after its last write, 1 s to 10 years. Default: never; a public one after a day. */
  readonly ttlSeconds?: number;
  /** It belongs to nobody, and everybody may write to it. Default: false. Without a token only such can be made. */
  readonly public?: boolean;
  /** Its picture is shown to its owner, and to who has a view link. Not together with `public`. Default: false. */
  readonly private?: boolean;
}

export interface PushOptions {
  /** The args are all there are from now on. Default: false, they are merged (JSON Merge Patch, RFC 7396; null removes). */
  readonly replace?: boolean;
  /** CONFLICT unless the session stands at this version. Default: whatever it is. */
  readonly ifVersion?: number;
}

export interface WatchOptions {
  /** Lets go; the iteration then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A server's API. Its promises and iterations reject with RequestError: `code` is one of the server's, or `UNREACHABLE`
 * where no answer came.
 */
export interface Client {
  createSession(
    session: NewSession,
  ): Promise<{ readonly id: string; readonly version: number; readonly streamUrl: string }>;
  /** Changes the args of a session, and so the picture of everybody who looks. @param id `name` or `owner/name` */
  push(id: string, args: Args, options?: PushOptions): Promise<{ readonly version: number }>;
  /**
   * The frame as it is and then every newer one; a reader that is slow gets the newest and none late. All watches of a
   * client share one WebSocket. It goes on through lost connections and restarts of the server, tried again after 0.1 s
   * to 3 s. Leaving the loop lets go.
   *
   * @throws RequestError NOT_FOUND once the session is gone, or where there never was one; TypeError without any WebSocket
   */
  watch(id: string, options?: WatchOptions): AsyncIterableIterator<Frame>;
  deleteSession(id: string): Promise<void>;
  /** Any other query or mutation, typed by GraphQL Code Generator (`documentMode: 'string'`), or as a text. */
  readonly execute: Execute;
  /** Ends all watches, and the connection. All else is refused then: UNREACHABLE. */
  close(): void;
}

/** @throws TypeError for options that do not go together */
export function createClient({ url, token, signIn, webSocket, onState = () => {} }: ClientOptions): Client {
  if (token !== undefined && signIn !== undefined)
    throw new TypeError('createClient takes a token or signIn, not both');
  const endpoint = `${new URL(url).href.replace(/[?#].*$/, '').replace(/\/+$/, '')}/graphql`;
  const fixed = token === undefined ? ANONYMOUS : withToken(token);
  const credentials = signIn === undefined ? fixed : withSignIn(endpoint, signIn);
  let closed = false;
  let socket: ReturnType<typeof createWatch> | null = null;

  function refuseIfClosed() {
    if (closed) throw new RequestError('UNREACHABLE', 'This client was closed; make another one.');
  }

  /** With the first watch: who never watches needs no WebSocket. */
  function connection() {
    socket ??= createWatch({ url: endpoint.replace(/^http/, 'ws'), onState, webSocket, credentials });
    return socket;
  }

  async function execute<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...variables: VariablesOf<Variables>
  ) {
    refuseIfClosed();
    const token = await credentials.authorization();
    try {
      return await createExecute({ url: endpoint, authorization: async () => token })(document, ...variables);
    } catch (error) {
      const isRefused = error instanceof RequestError && error.code === 'UNAUTHENTICATED';
      if (!isRefused || !credentials.renew(token)) throw error;
      const { authorization } = credentials;
      return createExecute({ url: endpoint, authorization })(document, ...variables);
    }
  }

  return {
    execute,
    async createSession({ private: isPrivate = false, ...session }) {
      checkArgs(session.args ?? {});
      const input = { ...session, visibility: isPrivate ? ('PRIVATE' as const) : null };
      return (await execute(CreateSessionDocument, { input })).data.createSession;
    },
    async push(id, args, { replace = false, ifVersion } = {}) {
      checkArgs(args);
      const expected = ifVersion === undefined ? {} : { ifVersion };
      const input = { id, ...expected, ...(replace ? { args } : { patch: args }) };
      return (await execute(PushDocument, { input })).data.updateSession;
    },
    watch(id, { signal } = {}) {
      refuseIfClosed();
      const open = () => connection().watch(WatchFramesDocument, { id });
      return watchFrames({ open, isClosed: () => closed, id, signal: signal ?? null });
    },
    async deleteSession(id) {
      await execute(DeleteSessionDocument, { id });
    },
    close() {
      closed = true;
      socket?.close();
    },
  };
}
