import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestError } from '../../../../client/request-error.ts';
import { execute } from '../../api.ts';
import {
  type ListedFragment,
  type SessionSort,
  SessionsDocument,
  type SessionsQuery,
} from '../../generated/graphql.ts';
import { asRequestError } from '../../tell.ts';

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

type Page = SessionsQuery['sessions'];

const nodes = ({ edges }: Page) => edges.map(({ node }) => node);

/** Pages of one's sessions; a second look at the first page renews what it shows and keeps the pages after it. */
export function useSessionList(search: string, sort: SessionSort): SessionList {
  const [sessions, setSessions] = useState<readonly ListedFragment[] | undefined>(undefined);
  const [after, setAfter] = useState<string | null>(null);
  const [error, setError] = useState<RequestError | null>(null);
  const asked = useRef(0);

  async function ask(cursor: string | null, use: (page: Page) => void) {
    asked.current += 1;
    const number = asked.current;
    try {
      const { data } = await execute(SessionsDocument, { after: cursor, search, sort });
      if (number !== asked.current) return;
      setError(null);
      use(data.sessions);
    } catch (cause) {
      if (number === asked.current) setError(asRequestError(cause));
    }
  }

  function begin(page: Page) {
    setSessions(nodes(page));
    setAfter(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
  }

  const reload = () => ask(null, begin);

  useEffect(() => {
    const timer = setTimeout(() => void reload(), search === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [search, sort]);

  useEffect(() => {
    const timer = setInterval(() => {
      // Further pages would be asked for again each time; whoever reads on does not need the newest numbers.
      if (!document.hidden && (sessions?.length ?? 0) <= 24) void reload();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [search, sort, sessions?.length]);

  return {
    ...{ sessions, error, reload, hasMore: after !== null },
    more: () =>
      ask(after, (page) => {
        setSessions((before = []) => [...before, ...nodes(page)]);
        setAfter(page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null);
      }),
    forget: (id) => setSessions((before) => before?.filter((session) => session.id !== id)),
  };
}
