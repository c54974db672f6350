import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { RequestError } from '../../client/request-error.ts';
import { retryDelay } from './retry-delay.ts';
import { asRequestError } from './tell.ts';

export interface Loaded<T> {
  /** undefined: not yet. */
  readonly value: T | undefined;
  readonly error: RequestError | null;
  /** Asks again; the value before stays until the answer. */
  readonly reload: () => Promise<void>;
}

/**
 * What a page needs from the server, asked for again when `deps` change or when it could not be had for a while; an
 * older answer never replaces a newer one.
 */
export function useLoaded<T>(load: () => Promise<T>, deps: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<{ readonly value: T | undefined; readonly error: RequestError | null }>({
    value: undefined,
    error: null,
  });
  const asked = useRef(0);
  const retry = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const reload = useCallback(async () => {
    clearTimeout(retry.current);
    asked.current += 1;
    const number = asked.current;
    try {
      const value = await load();
      if (number === asked.current) setState({ value, error: null });
    } catch (cause) {
      const error = asRequestError(cause);
      if (number !== asked.current) return;
      setState((before) => ({ ...before, error }));
      const waitMs = retryDelay(error);
      if (waitMs !== null) retry.current = setTimeout(() => void reload(), waitMs);
    }
  }, deps as unknown[]);
  useEffect(() => {
    void reload();
    return () => {
      clearTimeout(retry.current);
      asked.current += 1;
    };
  }, [reload]);
  return { ...state, reload };
}
