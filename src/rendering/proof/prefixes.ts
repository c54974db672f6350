import type { OpenElement, Tag } from './document.ts';

// Namespaces in XML 1.0, sections 3, 5 and 6.3.

type Prefixes = ReadonlyMap<string, string | null>;

const XLINK = 'http://www.w3.org/1999/xlink';
const DECLARING = 'xmlns:';
/** Bound in every document. */
const KNOWN: Prefixes = new Map([
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]);

/** Whether a namespace has its own prefix, and may have no other. */
export const isReserved = (namespace: string): boolean => [...KNOWN.values()].includes(namespace);

/** Why no element may have the prefix; null: it may. */
export function prefixProblem(name: string, prefix: string): string | null {
  return KNOWN.has(prefix) ? `<${name}> is no element: "${prefix}" is a prefix of attributes only; remove it.` : null;
}

/** What the tag itself declares. */
export function prefixesOf(tag: Tag): Prefixes {
  const declared = [...tag.attributes].filter(([name]) => name.startsWith(DECLARING));
  return new Map(declared.map(([name, { text }]) => [name.slice(DECLARING.length), text]));
}

/** The namespace of a prefix; null: not the same in every render; undefined: it is not bound here. */
function namespaceOf(prefix: string, own: Prefixes, around: OpenElement | null): string | null | undefined {
  if (own.has(prefix)) return own.get(prefix);
  for (let at = around; at !== null; at = at.parent) if (at.prefixes.has(prefix)) return at.prefixes.get(prefix);
  return KNOWN.get(prefix);
}

function* qualified(names: Iterable<string>): Generator<readonly [name: string, prefix: string, local: string]> {
  for (const name of names) {
    const colon = name.indexOf(':');
    if (colon !== -1) yield [name, name.slice(0, colon), name.slice(colon + 1)];
  }
}

export function unboundPrefixes(tag: Tag, own: Prefixes, around: OpenElement | null): readonly string[] {
  const used = [...qualified([tag.name, ...tag.attributes.keys()])].map(([, prefix]) => prefix);
  return used.filter((prefix) => namespaceOf(prefix, own, around) === undefined);
}

/** Two attributes that differ in nothing but prefixes of one namespace, which XML forbids; null: there are none. */
export function sameAttributes(tag: Tag, own: Prefixes, around: OpenElement | null): readonly [string, string] | null {
  const byLocal = new Map<string, Map<string | null, string>>();
  for (const [name, prefix, local] of qualified(tag.attributes.keys())) {
    const namespace = namespaceOf(prefix, own, around) ?? null;
    const names = byLocal.get(local) ?? new Map<string | null, string>();
    byLocal.set(local, names);
    // One whose namespace is not known may be any of them.
    const twin = names.get(namespace) ?? names.get(null) ?? (namespace === null ? [...names.values()][0] : undefined);
    if (twin !== undefined) return [twin, name];
    names.set(namespace, name);
  }
  return null;
}

export const unboundMessage = (prefix: string): string =>
  `The prefix "${prefix}" is not declared; add xmlns:${prefix}="${prefix === 'xlink' ? XLINK : '…'}" to the root.`;
