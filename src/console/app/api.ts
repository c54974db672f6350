import { signal } from '@preact/signals';
import { createExecute, type Executed, type TypedDocument, type VariablesOf } from '../../client/execute.ts';
import { RequestError } from '../../client/request-error.ts';
import { type ConnectionState, createWatch } from '../../client/watch.ts';
import { askToSignIn } from './ask-to-sign-in.ts';
import { authorization, ended, me, renew } from './identity.ts';

const url = new URL('/graphql', location.href);

const plain = createExecute({ url: url.href, authorization });

function isSignedOut(error: unknown): boolean {
  return error instanceof RequestError && error.code === 'UNAUTHENTICATED';
}

/**
 * Queries and mutations. A sign-in that has ended meanwhile is renewed, or else asked for, before the operation is
 * tried again: what somebody has written is not lost.
 */
export async function execute<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  ...variables: VariablesOf<Variables>
): Promise<Executed<Result>> {
  // The connection may have learnt of the end before.
  const before = me.value ?? ended.value;
  try {
    return await plain(document, ...variables);
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    const renewed = before !== null && (await renew().catch(() => false));
    if (!renewed && !(await askToSignIn(before))) throw error;
    return plain(document, ...variables);
  }
}

/** Of the one WebSocket of this page. */
export const connection = signal<ConnectionState>('idle');

/** Whom the connection speaks for; undefined: there was none yet. */
let connectedAs: string | null | undefined;

let isRefused = false;

const socket = createWatch({
  credentials: {
    async authorization() {
      if (isRefused) await renew().catch(() => {});
      isRefused = false;
      const value = await authorization();
      connectedAs = me.value;
      return value;
    },
    renew() {
      isRefused = true;
      return true;
    },
  },
  url: url.href.replace(/^http/, 'ws'),
  onState: (state) => {
    connection.value = state;
  },
});

export const watch = socket.watch;

// What is private is shown to whoever is signed in now.
me.subscribe((user) => {
  if (connectedAs !== undefined && connectedAs !== user) socket.reconnect();
});

// Hidden pages would hold connections and be sent frames that nobody sees.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) socket.pause();
  else socket.resume();
});
if (document.hidden) socket.pause();
