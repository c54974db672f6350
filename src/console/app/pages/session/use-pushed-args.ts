import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RequestError } from '../../../../client/request-error.ts';
import { execute } from '../../api.ts';
import type { Args } from '../../args/args-editor.tsx';
import { PushArgsDocument, SessionNowDocument } from '../../generated/graphql.ts';
import { retryDelay } from '../../retry-delay.ts';
import { asRequestError } from '../../tell.ts';

/** What is typed or slid goes out as one push. */
const GATHER_MS = 120;

/** Args that others change are asked for this often at most. */
const REFRESH_MS = 2000;

export interface PushedArgs {
  readonly args: Args;
  /** Something is on its way, or waits until the server can be reached. */
  readonly pushing: boolean;
  /** Of the last push; null: none yet. */
  readonly pushedVersion: number | null;
  readonly error: RequestError | null;
  readonly patch: (patch: Args) => void;
  readonly replace: (args: Args) => void;
}

interface Pending {
  readonly args?: Args;
  readonly patch?: Args;
}

/** Both as one push; the newer wins. */
function merged(older: Pending | null, newer: Pending | null): Pending | null {
  if (older === null || newer?.args !== undefined) return newer ?? older;
  if (newer === null) return older;
  const patch = { ...older.patch, ...newer.patch };
  return older.args === undefined ? { patch } : { args: { ...older.args, ...newer.patch } };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Args that go live as they are changed here, one push after the other, and follow what others push. */
export function usePushedArgs(id: string, first: Args, version: number): PushedArgs {
  const [args, setArgs] = useState(first);
  const [pushedVersion, setPushedVersion] = useState<number | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const [pushing, setPushing] = useState(false);
  const work = useRef({ pending: null as Pending | null, busy: false, seen: version, refreshedAt: 0 });

  const send = useCallback(async () => {
    const { current } = work;
    if (current.busy) return;
    current.busy = true;
    setPushing(true);
    while (current.pending !== null) {
      await pause(GATHER_MS);
      const next = current.pending;
      current.pending = null;
      try {
        const { data } = await execute(PushArgsDocument, { id, ...next });
        current.seen = Math.max(current.seen, data.updateSession.version);
        setPushedVersion(data.updateSession.version);
        setError(null);
      } catch (cause) {
        const refusal = asRequestError(cause);
        setError(refusal);
        const waitMs = retryDelay(refusal);
        if (waitMs === null) continue;
        current.pending = merged(next, current.pending);
        await pause(waitMs);
      }
    }
    current.busy = false;
    setPushing(false);
  }, [id]);

  useEffect(() => {
    const { current } = work;
    if (version <= current.seen) return;
    const waitMs = Math.max(0, current.refreshedAt + REFRESH_MS - Date.now());
    const timer = setTimeout(async () => {
      current.refreshedAt = Date.now();
      const answer = await execute(SessionNowDocument, { id }).catch(() => null);
      const now = answer?.data.session;
      if (now?.args == null || current.busy || now.version < current.seen) return;
      current.seen = now.version;
      setArgs(now.args);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [id, version, pushing]);

  return {
    ...{ args, pushing, pushedVersion, error },
    patch(patch) {
      setArgs((before) => ({ ...before, ...patch }));
      work.current.pending = merged(work.current.pending, { patch });
      void send();
    },
    replace(next) {
      setArgs(next);
      work.current.pending = { args: next };
      void send();
    },
  };
}
