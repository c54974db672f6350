import { useRef } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { execute } from '../../api.ts';
import { askToSignIn } from '../../ask-to-sign-in.ts';
import { LoadFailed } from '../../components/load-failed.tsx';
import { Notice } from '../../components/notice.tsx';
import { StoredDocument } from '../../generated/graphql.ts';
import { ended, known, me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { addressOf } from '../../session-address.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { UnknownSession } from '../session/unknown-session.tsx';
import { EditorSkeleton } from './editor-skeleton.tsx';
import { type Base, baseOf } from './save.ts';
import { SessionEditor } from './session-editor.tsx';

/** Why it cannot be edited, and where to go instead. */
function NotEditable({ id, owner }: { readonly id: string; readonly owner: string | null }) {
  const { editor, signIn } = text.value;
  return (
    <Notice icon="lock" title={<bdi class="name">{id}</bdi>}>
      <p class="lead">{owner === null ? editor.publicOnly : editor.notYours}</p>
      <p class="actions">
        <a class="button" href={addressOf(id).page}>
          {editor.view}
        </a>
        {owner !== null && me.value === null && (
          <button type="button" class="button quiet" onClick={() => void askToSignIn()}>
            {signIn.submit}
          </button>
        )}
      </p>
    </Notice>
  );
}

/** `/edit/{name}`, `/edit/{owner}/{name}`: not under `/session`, where `alice/edit` is a picture. */
export function EditPage() {
  const { params } = useRoute();
  const { owner, name = '' } = params as { owner?: string; name?: string };
  const id = owner === undefined ? name : `${owner}/${name}`;
  useTitle(id);
  const opened = useRef<{ readonly id: string; readonly base: Base } | null>(null);
  // Who signs in over an open editor goes on with what stands there.
  const { value, error, reload } = useLoaded(
    async () => (await execute(StoredDocument, { id })).data.session,
    [id, me.value === owner],
  );
  const mayStay = me.value === owner || ended.value === owner;
  if (mayStay && opened.current?.id === id) return <SessionEditor key={id} id={id} first={opened.current.base} />;
  if (error !== null && error.code === 'BAD_USER_INPUT') return <UnknownSession id={null} onMade={reload} />;
  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  if (value === undefined || !known.value) return <EditorSkeleton />;
  if (value === null) return <UnknownSession id={id} onMade={reload} />;
  const base = value.owner === null ? null : baseOf(value);
  if (base === null) return <NotEditable id={id} owner={value.owner?.id ?? null} />;
  opened.current = { id, base };
  return <SessionEditor key={id} id={id} first={base} />;
}
