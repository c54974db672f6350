import type { HoleKind } from '../holes/hole-kind.ts';

/** How far a URL has been read. */
export type UrlStage =
  /** White space, or the first characters of what may become one of the following. */
  | { readonly is: 'prefix'; readonly text: string }
  /** `#…`: whatever follows stays inside the picture. */
  | { readonly is: 'fragment' }
  /** `http://…` or `https://…` of a link. */
  | { readonly is: 'web' }
  /** `data:image/png;base64,…` or `data:font/woff2;base64,…` */
  | { readonly is: 'data' }
  /** All of it is a value. */
  | { readonly is: 'whole' };

export const URL_START: UrlStage = { is: 'prefix', text: '' };

/** What browsers strip from a URL. Behind any other white space "#a" is the name of a file. */
const SPACE = /[ \t\n\r]/;
const DATA = /^data:(?:image\/(?:png|jpeg|gif|webp|avif)|font\/(?:woff2?|ttf|otf));base64,$/i;
const DATA_PREFIX = /^d(?:a(?:t(?:a(?::[a-z/;,\d]{0,40})?)?)?)?$/i;
const WEB_PREFIX = /^h(?:t(?:t(?:ps?(?::\/?)?)?)?)?$/i;
const WEB = /^https?:\/\/$/i;

export const allowedUrls = (web: boolean): string =>
  web ? '"https://…", "#…" or "data:image/png;base64,…"' : '"#…" or "data:image/png;base64,…"';

/** @param web whether it may lead to the web, as a link does. @returns null: no such URL is allowed. */
export function readUrl(from: UrlStage, text: string, web: boolean): UrlStage | null {
  let stage: UrlStage | null = from;
  for (let i = 0; i < text.length && stage !== null; i += 1) {
    if (stage.is === 'fragment' || stage.is === 'web') return stage;
    if (stage.is === 'data') return /^[\w+/=\s-]*$/.test(text.slice(i)) ? stage : null;
    stage = readCharacter(stage, text.charAt(i), web);
  }
  return stage;
}

function readCharacter(
  stage: Extract<UrlStage, { is: 'prefix' | 'whole' }>,
  character: string,
  web: boolean,
): UrlStage | null {
  if (stage.is === 'whole') return SPACE.test(character) ? stage : null;
  if (SPACE.test(character)) return stage.text === '' ? stage : null;
  const text = stage.text + character;
  if (text === '#') return { is: 'fragment' };
  if (DATA.test(text)) return { is: 'data' };
  if (web && WEB.test(text)) return { is: 'web' };
  return DATA_PREFIX.test(text) || (web && WEB_PREFIX.test(text)) ? { is: 'prefix', text } : null;
}

/** What a URL is behind a value; null: a value cannot stand there. */
export function urlHole(stage: UrlStage, web: boolean): { readonly kind: HoleKind; readonly next: UrlStage } | null {
  switch (stage.is) {
    case 'fragment':
    case 'web':
      return { kind: 'characters', next: stage };
    case 'data':
      return { kind: 'base64', next: stage };
    case 'prefix':
      return stage.text === '' ? { kind: web ? 'link' : 'reference', next: { is: 'whole' } } : null;
    case 'whole':
      return null;
  }
}

/** Whether a URL may end there. */
export const isWholeUrl = (stage: UrlStage): boolean => stage.is !== 'prefix' || stage.text === '';

export function sameUrl(a: UrlStage | null, b: UrlStage | null): boolean {
  if (a === null || b === null) return a === b;
  return a.is === b.is && (a.is !== 'prefix' || b.is !== 'prefix' || a.text === b.text);
}
