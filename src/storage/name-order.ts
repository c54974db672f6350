import type { OwnerListRequest } from './session-store.ts';

/** Names that differ in nothing but case, or in how it is written, are one: upper case folds ς with σ, and ß with ss. */
function fold(name: string): string {
  return name.normalize('NFC').toUpperCase();
}

/** Whether a name contains the text, whatever its case. Absent: every name does. */
export function nameMatcher(search: string | undefined): (name: string) => boolean {
  if (search === undefined) return () => true;
  const wanted = fold(search);
  return (name) => fold(name).includes(wanted);
}

interface Sortable {
  readonly name: string;
  readonly folded: string;
}

const sortable = (name: string): Sortable => ({ name, folded: fold(name) });

/** As in a list for people, whatever the case; names that differ in nothing else, by their own characters. */
function compare(a: Sortable, b: Sortable): number {
  if (a.folded !== b.folded) return a.folded < b.folded ? -1 : 1;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

/** The names that match, in order, from behind that one on. @param after null: from the first */
export function orderNames(
  names: Iterable<string>,
  search: OwnerListRequest['search'],
  after: string | null,
): readonly string[] {
  const matches = nameMatcher(search);
  const last = after === null ? null : sortable(after);
  const behind: Sortable[] = [];
  for (const name of names) {
    if (!matches(name)) continue;
    const entry = sortable(name);
    if (last === null || compare(entry, last) > 0) behind.push(entry);
  }
  return behind.sort(compare).map(({ name }) => name);
}
