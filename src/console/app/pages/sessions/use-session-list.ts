import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestError } from '../../../../client/request-error.ts';
import { execute } from '../../api.ts';
import { type ListedFragment, SessionsDocument } from '../../generated/graphql.ts';
import { asRequestError } from '../../tell.ts';
import { type ListRequest, noteShown, shownBefore } from './list-address.ts';

const PAGE = 24;

/** The most that the API gives at once. */
const MOST_AT_ONCE = 200;

/** A pause in typing. */
const PAUSE_MS = 250;

/** How many watch, and what others have made meanwhile. */
const REFRESH_MS = 10_000;

export interface SessionList {
  /** undefined: not yet. */
  readonly sessions: readonly ListedFragment[] | undefined;
  readonly hasMore: boolean;
  readonly error: RequestError | null;
  readonly more: () => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly forget: (id: string) => void;
}

interface Part {
  readonly sessions: readonly ListedFragment[];
  /** Where the next one begins; null: there is none. */
  readonly end: string | null;
}

/** So many of the list, or all that there are, in as few requests as the API allows. */
async function part(request: ListRequest, after: string | null, count: number): Promise<Part> {
  const { data } = await execute(SessionsDocument, { ...request, after, first: Math.min(count, MOST_AT_ONCE) });
  const { edges, pageInfo } = data.sessions;
  const sessions = edges.map(({ node }) => node);
  const end = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  if (end === null || sessions.length >= count) return { sessions, end };
  const rest = await part(request, end, count - sessions.length);
  return { sessions: [...sessions, ...rest.sessions], end: rest.end };
}

/**
 * One's sessions, page by page. Who comes back to the list finds as many as there were; a second look at its beginning
 * renews what it shows.
 */
export function useSessionList({ search, sort }: ListRequest): SessionList {
  const [sessions, setSessions] = useState<readonly ListedFragment[] | undefined>(undefined);
  const [after, setAfter] = useState<string | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const asked = useRef(0);

  async function ask(cursor: string | null, count: number, use: (part: Part) => void) {
    asked.current += 1;
    const number = asked.current;
    try {
      const answer = await part({ search, sort }, cursor, count);
      if (number !== asked.current) return;
      setError(null);
      setAfter(answer.end);
      use(answer);
    } catch (cause) {
      if (number === asked.current) setError(asRequestError(cause));
    }
  }

  const reload = () => ask(null, Math.max(PAGE, shownBefore()), (begin) => setSessions(begin.sessions));

  useEffect(() => {
    const timer = setTimeout(() => void reload(), asked.current === 0 || search === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search, sort]);

  useEffect(() => {
    const timer = setInterval(() => {
      // Further pages would be asked for again each time; whoever reads on does not need the newest numbers.
      if (!document.hidden && (sessions?.length ?? 0) <= PAGE) void reload();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [search, sort, sessions?.length]);

  return {
    ...{ sessions, error, reload, hasMore: after !== null },
    more: () =>
      ask(after, PAGE, (next) => {
        noteShown(Math.max(PAGE, shownBefore()) + PAGE);
        setSessions((before = []) => [...before, ...next.sessions]);
      }),
    forget: (id) => setSessions((before) => before?.filter((session) => session.id !== id)),
  };
}
