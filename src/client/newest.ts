/** A value handed from one side to the other: whoever reads slowly gets the newest. */
export interface Newest<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** No more values; what was pushed last is still read. */
  end(error?: Error): void;
}

/** @param onReturn called once, when the reader leaves or the values have ended */
export function createNewest<T>(onReturn: () => void): Newest<T> {
  let pending: { readonly value: T } | null = null;
  let ended: { readonly error: Error | undefined } | null = null;
  let wake: (() => void) | null = null;

  function changed() {
    wake?.();
    wake = null;
  }

  function end(error?: Error) {
    if (ended !== null) return;
    ended = { error };
    onReturn();
    changed();
  }

  return {
    push(value) {
      if (ended !== null) return;
      pending = { value };
      changed();
    },
    end,
    [Symbol.asyncIterator]: () => ({
      async next() {
        for (;;) {
          if (pending !== null) {
            const { value } = pending;
            pending = null;
            return { done: false, value };
          }
          if (ended?.error !== undefined) {
            const { error } = ended;
            ended = { error: undefined };
            throw error;
          }
          if (ended !== null) return { done: true, value: undefined };
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
      async return() {
        pending = null;
        end();
        return { done: true, value: undefined };
      },
    }),
  };
}
