import { readUrl, sameUrl, URL_START, type UrlStage, urlHole } from './url.ts';

/** Where in CSS a reader is. Immutable: what follows a branch must find the same in all of them. */
export interface CssState {
  readonly mode: 'code' | 'comment' | '"' | "'" | 'url';
  /** The name under way, lower case, at most its last 32 characters. */
  readonly word: string;
  /** The name under way began with a value, so that nobody knows it. */
  readonly unknown: boolean;
  /** The name under way is that of an at-rule. */
  readonly at: boolean;
  /** The character before, where it may begin or end a comment. */
  readonly before: '' | '/' | '*';
  readonly url: UrlStage;
  /** The quote that the URL stands in. */
  readonly urlQuote: '' | '"' | "'";
  /** `url(…)` so far: a picture whose styles refer to one another can draw without end. */
  readonly references: number;
}

export const CSS_START: CssState = {
  mode: 'code',
  word: '',
  unknown: false,
  at: false,
  before: '',
  url: URL_START,
  urlQuote: '',
  references: 0,
};

const MAX_REFERENCES = 64;
const SPECIAL = /[\\<()"'@:/*]/g;
const NO_NAME = /[^-\w\u0080-\uffff]/;
const LOADING_FUNCTION = /(?:image-set|image|cross-fade|src|element|expression|paint|url-prefix)$/;
const LEGACY_BINDING = /^(?:behavior|-moz-binding|javascript)$/;
const AT_RULES = new Set(
  'media supports keyframes -webkit-keyframes font-face layer container property starting-style scope'.split(' '),
);
const NOTHING_FROM_ELSEWHERE = 'a picture loads nothing from elsewhere';

export interface CssProblem {
  readonly problem: string;
  /** In the text that was read. */
  readonly offset: number;
}

/** The state behind a text, or what is wrong with it, as a piece of a sentence. */
export function readCss(from: CssState, text: string): CssState | CssProblem {
  let state = from;
  for (let i = 0; i < text.length; ) {
    const end = nextSpecial(state, text, i);
    const next = end > i ? readPlain(state, text.slice(i, end)) : readSpecial(state, text.charAt(i));
    if (typeof next === 'string') return { problem: next, offset: i };
    state = next;
    i = Math.max(end, i + 1);
  }
  return state;
}

/** The offset of the next character that can change the mode. */
function nextSpecial({ mode, url, urlQuote }: CssState, text: string, from: number): number {
  if (mode === 'code') SPECIAL.lastIndex = from;
  if (mode === 'code') return SPECIAL.exec(text)?.index ?? text.length;
  if (mode !== 'url' || url.is !== 'data') return from;
  const end = text.indexOf(urlQuote === '' ? ')' : urlQuote, from);
  return end < 0 ? text.length : end;
}

/** A run of code in which nothing but names end, or of a data URL. */
function readPlain(state: CssState, run: string): CssState | string {
  if (state.mode === 'url') {
    return readUrl(state.url, run, false) === null ? elsewhere('data:…') : state;
  }
  const nameEnd = run.search(NO_NAME);
  if (nameEnd < 0) return { ...state, word: (state.word + run.toLowerCase()).slice(-32), before: '' };
  if (state.at && !AT_RULES.has(state.word + run.slice(0, nameEnd).toLowerCase())) {
    return atRuleProblem(state.word + run.slice(0, nameEnd));
  }
  const word = (/[-\w\u0080-\uffff]{0,32}$/.exec(run)?.[0] ?? '').toLowerCase();
  return { ...state, word, unknown: false, at: false, before: '' };
}

function readSpecial(state: CssState, c: string): CssState | string {
  if (c === '\\') return 'a backslash, behind which anything could hide; write the character itself';
  if (c === '<') return '"<", which CSS has no use for; remove it';
  switch (state.mode) {
    case 'comment':
      if (c === '/' && state.before === '*') return { ...state, mode: 'code', before: '' };
      return state.before === (c === '*' ? '*' : '') ? state : { ...state, before: c === '*' ? '*' : '' };
    case '"':
    case "'":
      if (c === '\n') return 'a line break within quotes; close them on the same line';
      return c === state.mode ? { ...state, mode: 'code' } : state;
    case 'url':
      return readUrlFunction(state, c);
    case 'code':
      return readCode(state, c);
  }
}

function readUrlFunction(state: CssState, c: string): CssState | string {
  const isStart = state.url.is === 'prefix' && state.url.text === '';
  if (isStart && state.urlQuote === '' && (c === '"' || c === "'")) return { ...state, urlQuote: c };
  if (c === (state.urlQuote || ')')) {
    if (state.url.is === 'prefix' && state.url.text !== '') return elsewhere(state.url.text);
    return { ...state, mode: 'code', word: '', before: '', url: URL_START, urlQuote: '' };
  }
  // Within its brackets a URL that has no quotes cannot hold these, and its end is not where it seems.
  if (state.urlQuote === '' && /["'(]/.test(c)) return elsewhere(c);
  const url = readUrl(state.url, c, false);
  if (url === null) return elsewhere(`${state.url.is === 'prefix' ? state.url.text : ''}${c}`);
  return url === state.url ? state : { ...state, url };
}

const elsewhere = (target: string): string =>
  `"url(${target}", and ${NOTHING_FROM_ELSEWHERE}; use url(#…), data:image/png;base64,… or data:font/woff2;base64,…`;

const atRuleProblem = (name: string): string =>
  `"@${name}"; of the rules with "@" there are ${[...AT_RULES].join(', ')}`;

function readCode(state: CssState, c: string): CssState | string {
  const { word, unknown, at } = state;
  const next: CssState = { ...state, word: '', unknown: false, at: false, before: '' };
  if (at && !AT_RULES.has(word)) return atRuleProblem(word);
  switch (c) {
    case '(':
      if (unknown) return 'a function whose name holds a value; write the name of the function in the template';
      if (LOADING_FUNCTION.test(word)) return `"${word}(", and ${NOTHING_FROM_ELSEWHERE}; remove it`;
      if (word !== 'url') return next;
      if (state.references === MAX_REFERENCES) return `more than ${MAX_REFERENCES} times "url("; use fewer`;
      return { ...next, mode: 'url', references: state.references + 1 };
    case ':':
      return LEGACY_BINDING.test(word) ? `"${word}:", and a picture runs no script; remove it` : next;
    case '@':
      return { ...next, at: true };
    case '"':
    case "'":
      return { ...next, mode: c };
    case '/':
      return { ...next, before: '/' };
    case '*':
      return state.before === '/' ? { ...next, mode: 'comment' } : next;
    default:
      return next;
  }
}

type CssHoleKind = 'css' | 'cssText' | 'cssName' | 'cssReference';

/** What CSS is behind a value, and how the value is written; or for what none may stand there. */
export function cssHole(state: CssState): { readonly kind: CssHoleKind; readonly next: CssState } | string {
  if (state.at) return 'the name of a rule with "@"';
  switch (state.mode) {
    case 'comment':
      return 'a comment; use {# … #}';
    case '"':
    case "'":
      return { kind: 'cssText', next: state };
    case 'code':
      return { kind: 'css', next: { ...state, word: '', unknown: true, before: '' } };
    case 'url': {
      const hole = urlHole(state.url, false);
      if (hole === null || hole.kind === 'base64') return 'this place of a url(…)';
      return { kind: hole.kind === 'reference' ? 'cssReference' : 'cssName', next: { ...state, url: hole.next } };
    }
  }
}

/** Whether CSS may end there; else why not. */
export function cssEnd(state: CssState): string | null {
  if (state.at && !AT_RULES.has(state.word)) return `"@${state.word}" at its end`;
  if (state.mode === 'code') return null;
  return state.mode === 'comment' ? 'a comment that is not closed' : 'quotes or a url(…) that are not closed';
}

/** Where CSS is behind branches that end there and there; undefined: not at the same place. */
export function joinCss(a: CssState | null, b: CssState | null): CssState | null | undefined {
  if (a === b) return a;
  if (a === null || b === null || a.mode !== b.mode || a.at !== b.at || a.before !== b.before) return undefined;
  if (a.urlQuote !== b.urlQuote || !sameUrl(a.url, b.url) || (a.at && a.word !== b.word)) return undefined;
  const isSameWord = a.word === b.word;
  return {
    ...a,
    word: isSameWord ? a.word : '',
    unknown: a.unknown || b.unknown || !isSameWord,
    references: Math.max(a.references, b.references),
  };
}
