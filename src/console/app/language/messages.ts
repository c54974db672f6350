import type { en } from './en.ts';

type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Texts<T[K]>;
};

/** What each language has. */
export type Messages = Texts<typeof en>;
