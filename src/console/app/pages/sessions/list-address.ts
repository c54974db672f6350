import type { SessionSort } from '../../generated/graphql.ts';

/** As the API takes it. */
const MAX_SEARCH = 128;

export interface ListRequest {
  /** Empty: all. */
  readonly search: string;
  readonly sort: SessionSort;
}

/** What `/sessions?search=…&sort=name` asks for; whatever else stands there is as if it did not. */
export function requestAt(query: Readonly<Record<string, string>>): ListRequest {
  const search = [...(query.search ?? '')].slice(0, MAX_SEARCH).join('');
  return { search, sort: query.sort === 'name' ? 'NAME' : 'CHANGED' };
}

/** The address that asks for it; what is so anyway does not stand there. */
export function listAddress({ search, sort }: ListRequest): string {
  const query = new URLSearchParams({
    ...(search === '' ? {} : { search }),
    ...(sort === 'NAME' ? { sort: 'name' } : {}),
  }).toString();
  return query === '' ? '/sessions' : `/sessions?${query}`;
}

/** What an entry of the history remembers of the list. */
interface EntryState {
  readonly shown?: number;
}

/** How many this entry of the history showed at least; 0: none yet. Whoever comes back finds as many. */
export function shownBefore(): number {
  return (history.state as EntryState | null)?.shown ?? 0;
}

export function noteShown(shown: number): void {
  history.replaceState({ ...history.state, shown }, '');
}
