import { animationProblem, attributeKind, attributeProblem } from './attributes.ts';
import { CSS_START } from './css.ts';
import type { Attribute, DocumentState, OpenElement, QuotedValue, Tag } from './document.ts';
import { elementProblem, holdsTextOnly } from './elements.ts';
import type { QualifiedName } from './names.ts';
import type { Piece, Place } from './piece.ts';
import { isReserved, prefixesOf, prefixProblem, sameAttributes, unboundMessage, unboundPrefixes } from './prefixes.ts';
import { MarkupProblem } from './problem.ts';
import { URL_START } from './url.ts';

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const FOREIGN_NAMESPACES = new Set(['http://www.w3.org/1999/xhtml', 'http://www.w3.org/1998/Math/MathML']);

const MAX_DEPTH = 200;
const MAX_ATTRIBUTES = 100;

/** What a scan reports beside the state it ends in. */
export interface Findings {
  /** A start tag is complete. @param parent null: it is the root, or stands in no element that is known */
  element(tag: Tag, parent: OpenElement | null): void;
  /** A root that needs its namespace written there. */
  nameless(place: Place): void;
  /** A byte order mark or an XML declaration, which is dropped. */
  unwanted(place: Place, length: number): void;
  /** An unescaped `>` that must be written as a reference, since a value in front of it may end in `]]`. */
  bracket(place: Place): void;
  /** A prefix that nothing known binds. */
  unbound(prefix: string, offset: number): void;
}

/** @throws MarkupProblem */
export function openTag(
  state: DocumentState,
  { name, prefix, local }: QualifiedName,
  piece: Piece,
  offset: number,
): Tag {
  if (state.mode === 'before' && local !== 'svg') {
    throw new MarkupProblem(`The root element is <${name}>; it must be <svg>.`, offset);
  }
  if (state.open !== null && holdsTextOnly(state.open.local)) {
    throw new MarkupProblem(`<${state.open.name}> holds text alone; <${name}> may not stand in it.`, offset);
  }
  const problem = prefixProblem(name, prefix) ?? elementProblem(name, local);
  if (problem !== null) throw new MarkupProblem(problem, offset);
  const depth = (state.open?.depth ?? 0) + 1;
  if (depth > MAX_DEPTH) throw new MarkupProblem(`Elements are nested more than ${MAX_DEPTH} deep.`, offset);
  const nameEnd = piece.placeAt(offset + 1 + name.length);
  return { name, prefix, local, at: piece.placeAt(offset), nameEnd, attributes: new Map(), spaced: false };
}

/** @throws MarkupProblem */
export function openValue(tag: Tag, { name, prefix, local }: QualifiedName, quote: string, offset: number) {
  const problem = attributeProblem(name, prefix, local);
  if (problem !== null) throw new MarkupProblem(`<${tag.name}>: ${problem}`, offset);
  const twice = tag.attributes.get(name);
  if (twice !== undefined) {
    throw new MarkupProblem(
      twice.always
        ? `<${tag.name}> has the attribute "${name}" twice: a duplicate attribute; remove one.`
        : `<${tag.name}> can get the attribute "${name}" twice; write both forms in one {% if %} … {% else %}.`,
      offset,
    );
  }
  if (tag.attributes.size === MAX_ATTRIBUTES) {
    throw new MarkupProblem(`<${tag.name}> has more than ${MAX_ATTRIBUTES} attributes; remove some.`, offset);
  }
  const kind = attributeKind(prefix, local);
  const value: QuotedValue = {
    attribute: name,
    quote,
    text: '',
    url: kind === 'url' ? URL_START : null,
    web: local === 'href' && tag.local === 'a',
    css: kind === 'css' ? CSS_START : null,
    isName: kind === 'name',
  };
  return value;
}

/** What the value means is known at its end. @throws MarkupProblem */
export function closeValue(tag: Tag, { attribute, text, isName }: QuotedValue, offset: number): Tag {
  const problem = isName ? nameProblem(attribute, text ?? '') : null;
  if (problem !== null) throw new MarkupProblem(`<${tag.name}>: ${problem}`, offset);
  const attributes = new Map<string, Attribute>([...tag.attributes, [attribute, { always: true, text }]]);
  return { ...tag, attributes, spaced: false };
}

function nameProblem(attribute: string, text: string): string | null {
  if (!attribute.startsWith('xmlns')) return animationProblem(text);
  if (FOREIGN_NAMESPACES.has(text)) return `${attribute}="${text}" is not SVG; remove what it is for.`;
  if (attribute === 'xmlns' && text !== SVG_NAMESPACE) {
    return `The namespace "${text.slice(0, 80)}" is not that of SVG; write xmlns="${SVG_NAMESPACE}", or a prefix for others.`;
  }
  return text === '' || isReserved(text) || /^xmlns:xml(?:ns)?$/.test(attribute)
    ? `${attribute}="${text}" is not possible.`
    : null;
}

/** @returns the state in the element, or behind it where it is empty. @throws MarkupProblem */
export function closeTag(state: DocumentState, tag: Tag, isEmpty: boolean, offset: number, findings: Findings) {
  const sometimes = [...tag.attributes].find(([name, { always }]) => name.startsWith('xmlns') && !always);
  if (sometimes !== undefined) {
    throw new MarkupProblem(`<${tag.name}> has "${sometimes[0]}" in some branches only; write it always.`, offset);
  }
  const isRoot = state.isDocument && state.open === null;
  if (isRoot) closeRootTag(tag, offset, findings);
  const prefixes = prefixesOf(tag);
  for (const prefix of unboundPrefixes(tag, prefixes, state.open)) {
    if (state.isDocument) throw new MarkupProblem(unboundMessage(prefix), offset);
    findings.unbound(prefix, offset);
  }
  const twins = sameAttributes(tag, prefixes, state.open);
  if (twins !== null) {
    const message = `"${twins[0]}" and "${twins[1]}" may be the same attribute under two prefixes; remove one.`;
    throw new MarkupProblem(message, offset);
  }
  findings.element(tag, state.open);
  if (isEmpty) return { ...state, mode: isRoot ? 'after' : 'content', tag: null } as const;
  const open: OpenElement = {
    name: tag.name,
    local: tag.local,
    at: tag.at,
    prefixes,
    parent: state.open,
    depth: (state.open?.depth ?? 0) + 1,
    transformed: state.open?.transformed === true || tag.attributes.has('transform'),
  };
  return { ...state, mode: 'content', tag: null, open, css: tag.local === 'style' ? CSS_START : null } as const;
}

function closeRootTag(tag: Tag, offset: number, findings: Findings): void {
  const declared = tag.attributes.get(tag.prefix === '' ? 'xmlns' : `xmlns:${tag.prefix}`);
  if (declared === undefined && tag.prefix === '') {
    findings.nameless(tag.nameEnd);
    return;
  }
  if (declared === undefined) throw new MarkupProblem(unboundMessage(tag.prefix), offset);
  if (declared.text === SVG_NAMESPACE) return;
  throw new MarkupProblem(
    `The root <${tag.name}> is in the namespace "${declared.text}"; it must be "${SVG_NAMESPACE}".`,
    offset,
  );
}
