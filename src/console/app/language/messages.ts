import type { en } from './en.ts';
import type { Texts } from './texts.ts';

/** What each language has. */
export type Messages = Texts<typeof en>;
