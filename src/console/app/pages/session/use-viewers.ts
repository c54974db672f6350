import { useEffect, useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { ViewersDocument } from '../../generated/graphql.ts';

const LOOK_EVERY_MS = 5000;

/** By then this page is counted too. */
const FIRST_LOOK_MS = 1000;

/** How many watch a session, this page among them; null: not known yet. */
export function useViewers(id: string): number | null {
  const [viewers, setViewers] = useState<number | null>(null);
  useEffect(() => {
    const look = () =>
      execute(ViewersDocument, { id }).then(
        ({ data }) => setViewers(data.session?.viewers ?? null),
        () => {},
      );
    const first = setTimeout(() => void look(), FIRST_LOOK_MS);
    const timer = setInterval(() => {
      if (!document.hidden) void look();
    }, LOOK_EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [id]);
  return viewers;
}
