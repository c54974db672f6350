import { type CssState, joinCss } from './css.ts';
import type { Place } from './piece.ts';
import { sameUrl, type UrlStage } from './url.ts';

/** An element that is open; immutable, so that branches share what is around them. */
export interface OpenElement {
  readonly name: string;
  readonly local: string;
  readonly at: Place;
  /** The namespaces of the prefixes that it binds; null: not the same in every render. */
  readonly prefixes: ReadonlyMap<string, string | null>;
  readonly parent: OpenElement | null;
  readonly depth: number;
  /** It, or one around it, has a `transform`: coordinates inside are not those of the picture. */
  readonly transformed: boolean;
}

export interface Attribute {
  /** False: only some branches write it. */
  readonly always: boolean;
  /** Null: not the same in every render. */
  readonly text: string | null;
}

/** A start tag under way. */
export interface Tag {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly at: Place;
  readonly nameEnd: Place;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** White space came, so that another attribute may follow. */
  readonly spaced: boolean;
}

/** A quoted value under way. */
export interface QuotedValue {
  readonly attribute: string;
  readonly quote: string;
  /** What it stands for so far; null: not the same in every render. */
  readonly text: string | null;
  /** Not null: it is a URL, which may lead to the web or not. */
  readonly url: UrlStage | null;
  readonly web: boolean;
  readonly css: CssState | null;
  /** It must be written out in the template. */
  readonly isName: boolean;
}

/** Where a document is. Immutable. */
export interface DocumentState {
  /** False: a fragment, whose surroundings are not known. */
  readonly isDocument: boolean;
  readonly mode: 'before' | 'content' | 'tag' | 'value' | 'after';
  /** The innermost open element; null: none, or only those around a fragment. */
  readonly open: OpenElement | null;
  readonly tag: Tag | null;
  readonly value: QuotedValue | null;
  /** The style sheet under way. */
  readonly css: CssState | null;
  /** A CDATA section of a style sheet is under way. */
  readonly cdata: boolean;
}

const NOTHING = { open: null, tag: null, value: null, css: null, cdata: false };

/** A document before its root. */
export const DOCUMENT_START: DocumentState = { ...NOTHING, isDocument: true, mode: 'before' };
/** Between the tags of an element that is not known: what a macro yields. */
export const FRAGMENT_START: DocumentState = { ...NOTHING, isDocument: false, mode: 'content' };

function sameElements(first: OpenElement | null, second: OpenElement | null): boolean {
  let [a, b] = [first, second];
  for (; a !== b; [a, b] = [a.parent, b.parent]) {
    if (a === null || b === null || a.depth !== b.depth || a.name !== b.name) return false;
    if ([...a.prefixes].join() !== [...b.prefixes].join()) return false;
  }
  return true;
}

function joinTags(a: Tag | null, b: Tag | null): Tag | null | undefined {
  if (a === b) return a;
  if (a === null || b === null || a.name !== b.name) return undefined;
  const attributes = new Map<string, Attribute>();
  for (const name of new Set([...a.attributes.keys(), ...b.attributes.keys()])) {
    const [one, other] = [a.attributes.get(name), b.attributes.get(name)];
    attributes.set(name, {
      always: one?.always === true && other?.always === true,
      text: one?.text === other?.text ? (one?.text ?? null) : null,
    });
  }
  return { ...a, attributes, spaced: a.spaced && b.spaced };
}

function joinValues(a: QuotedValue | null, b: QuotedValue | null): QuotedValue | null | undefined {
  if (a === b) return a;
  if (a === null || b === null) return undefined;
  const css = joinCss(a.css, b.css);
  if (a.attribute !== b.attribute || a.quote !== b.quote || css === undefined || !sameUrl(a.url, b.url))
    return undefined;
  if (a.isName && a.text !== b.text) return undefined;
  return { ...a, text: a.text === b.text ? a.text : null, css };
}

/** Where a document is behind branches that end there and there; null: not at the same place. */
export function join(a: DocumentState, b: DocumentState): DocumentState | null {
  if (a === b) return a;
  const tag = joinTags(a.tag, b.tag);
  const value = joinValues(a.value, b.value);
  const css = joinCss(a.css, b.css);
  if (tag === undefined || value === undefined || css === undefined) return null;
  if (a.mode !== b.mode || a.cdata !== b.cdata || !sameElements(a.open, b.open)) return null;
  return { ...a, tag, value, css };
}

/** The place in words, for messages. */
export function describePlace({ mode, open, tag, value }: DocumentState): string {
  if (value !== null) return `in the value of "${value.attribute}"`;
  if (tag !== null) return `in the tag <${tag.name}>`;
  if (mode === 'before') return 'before the <svg>';
  if (mode === 'after') return 'behind the </svg>';
  return open === null ? 'outside of its elements' : `in <${open.name}>`;
}
