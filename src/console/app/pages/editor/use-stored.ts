import { useEffect, useRef } from 'preact/hooks';
import { execute } from '../../api.ts';
import { StoredDocument } from '../../generated/graphql.ts';
import { type Live, useFrames } from '../../use-frames.ts';
import { type Base, baseOf } from './save.ts';

/** A program may push many times a second. */
const REFRESH_MS = 2000;

function isGone({ state, error }: Live): boolean {
  return state === 'ended' && (error === null || error.code === 'NOT_FOUND');
}

interface Stored {
  /** null: there is nothing to follow. */
  readonly id: string | null;
  /** Of what is known here. */
  readonly version: number;
  /** While something is written, what stood before it is not news. */
  readonly waits: boolean;
  readonly onStored: (stored: Base) => void;
  /** It was deleted, or has expired. */
  readonly onGone: () => void;
}

/** Follows what others write to a session of one's own. */
export function useStored(options: Stored): void {
  const { id, version, waits } = options;
  const live = useFrames(id);
  const newest = live.frame?.version ?? 0;
  const refreshedAt = useRef(0);
  const latest = useRef(options);
  latest.current = options;
  const hasEnded = id !== null && isGone(live);

  useEffect(() => {
    if (hasEnded) latest.current.onGone();
  }, [hasEnded]);

  useEffect(() => {
    if (id === null || waits || newest <= version) return;
    const look = async () => {
      refreshedAt.current = Date.now();
      const answer = await execute(StoredDocument, { id }).catch(() => null);
      const stored = baseOf(answer?.data.session ?? null);
      const now = latest.current;
      if (stored !== null && !now.waits && stored.version > now.version) now.onStored(stored);
    };
    const timer = setTimeout(look, Math.max(0, refreshedAt.current + REFRESH_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [id, newest, waits]);
}
