import { useEffect, useState } from 'preact/hooks';
import { RequestError } from '../../client/request-error.ts';
import { connection, watch } from './api.ts';
import { FramesDocument, type FramesSubscription } from './generated/graphql.ts';

export type LiveFrame = FramesSubscription['frames'];

/** `waiting` for the server; `ended`: there is no such session any more, or never was. */
export type LiveState = 'loading' | 'live' | 'waiting' | 'ended';

export interface Live {
  readonly frame: LiveFrame | null;
  readonly state: LiveState;
  readonly error: RequestError | null;
}

const LOADING: Live = { frame: null, state: 'loading', error: null };

/** The newest frame of a session, over the one WebSocket of the page. @param id null: watch nothing */
export function useFrames(id: string | null): Live {
  const [live, setLive] = useState<Live>(LOADING);

  useEffect(() => {
    setLive(LOADING);
    if (id === null) return;
    const frames = watch(FramesDocument, { id })[Symbol.asyncIterator]();
    async function follow() {
      try {
        for (;;) {
          const { done, value } = await frames.next();
          if (done) return setLive(({ frame }) => ({ frame, state: 'ended', error: null }));
          setLive({ frame: value.frames, state: 'live', error: null });
        }
      } catch (cause) {
        const error = cause instanceof RequestError ? cause : null;
        setLive(({ frame }) => ({ frame, state: 'ended', error }));
      }
    }
    void follow();
    return () => void frames.return?.();
  }, [id]);

  return live.state === 'live' && connection.value === 'waiting' ? { ...live, state: 'waiting' } : live;
}
