import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { execute } from '../../api.ts';
import { LoadFailed } from '../../components/load-failed.tsx';
import { OpenSessionDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { SessionSkeleton } from './session-skeleton.tsx';
import { SessionView } from './session-view.tsx';
import { UnknownSession } from './unknown-session.tsx';

/** `/session/{name}`, `/session/{owner}/{name}` */
export function SessionPage() {
  const { params } = useRoute();
  const { owner, name = '' } = params as { owner?: string; name?: string };
  const id = owner === undefined ? name : `${owner}/${name}`;
  useTitle(id);
  /** Which picture has ended for somebody who cannot know whether it may still be seen. */
  const [gone, setGone] = useState<string | null>(null);
  const { value, error, reload } = useLoaded(async () => {
    const { data } = await execute(OpenSessionDocument, { id });
    return data.session;
  }, [id, me.value]);
  if (error !== null && error.code === 'BAD_USER_INPUT') return <UnknownSession id={null} onMade={reload} />;
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  if (value === undefined) return <SessionSkeleton />;
  if (value === null) return <UnknownSession id={id} onMade={reload} />;
  if (gone === id) {
    const comeBack = () => reload().then(() => setGone(null));
    return <UnknownSession id={id} wasThere onMade={comeBack} />;
  }
  return <SessionView key={id} session={value} onGone={() => setGone(id)} />;
}
