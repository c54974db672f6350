import { computed, signal } from '@preact/signals';
import { recall, remember } from '../remembered.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';
import type { Messages } from './messages.ts';

export type Language = 'en' | 'ko';

const KEY = 'rsvg.language';
const ALL: Readonly<Record<Language, Messages>> = { en, ko };

/** In their own words, as a switch shows them. */
export const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['ko', '한국어'],
];

function preferred(): Language {
  return (recall(KEY) ?? navigator.language).startsWith('ko') ? 'ko' : 'en';
}

export const language = signal<Language>(preferred());

/** Every text of the console in the chosen language. */
export const text = computed<Messages>(() => ALL[language.value]);

export function chooseLanguage(next: Language): void {
  language.value = next;
  document.documentElement.lang = next;
  remember(KEY, next);
}
