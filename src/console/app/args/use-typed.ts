import { useEffect, useState } from 'preact/hooks';

/** What a text says; null: nothing that can be used, yet. */
export type Read<T> = { readonly value: T } | null;

export interface Typed {
  readonly text: string;
  readonly isRead: boolean;
  /** Also for what another control of the same value says. */
  readonly type: (text: string) => void;
}

interface TypedOptions<T> {
  readonly value: T;
  readonly write: (value: T) => string;
  readonly read: (text: string) => Read<T>;
  /** Called with what the text says, not while it says nothing. */
  readonly onChange: (value: T) => void;
}

/**
 * A text that stands as it is typed: written back from its value, `1.` would be `1` before the next digit comes. What
 * somebody else changes shows, unless the text says the same already or is half typed.
 */
export function useTyped<T>({ value, write, read, onChange }: TypedOptions<T>): Typed {
  const [text, setText] = useState(() => write(value));
  const found = read(text);

  useEffect(() => {
    if (found !== null && JSON.stringify(found.value) !== JSON.stringify(value)) setText(write(value));
  }, [value]);

  return {
    text,
    isRead: found !== null,
    type(next) {
      setText(next);
      const said = read(next);
      if (said !== null) onChange(said.value);
    },
  };
}
