import { useState } from 'preact/hooks';
import { execute } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SignedInOnly } from '../../components/signed-in-only.tsx';
import { Snippet } from '../../components/snippet.tsx';
import { Time } from '../../components/time.tsx';
import { type KeyFragment, KeysDocument, RevokeKeyDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { text } from '../../language/language.ts';
import { attempt } from '../../tell.ts';
import { say } from '../../toasts.ts';
import { useLoaded } from '../../use-loaded.ts';
import { useTitle } from '../../use-title.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  const { keys } = text.value;
  if (scopes.includes('all')) return <span class="badge">{keys.all}</span>;
  const ids = scopes.map((scope) => scope.replace(/^push:/, ''));
  return (
    <>
      <span class="badge">{keys.pushOnly}</span> <span class="muted">{ids.join(', ')}</span>
    </>
  );
}

function KeyRow({ entry, onRevoke }: { readonly entry: KeyFragment; readonly onRevoke: () => void }) {
  const { keys, common } = text.value;
  return (
    <li class="line-item">
      <div>
        <h2>{entry.name}</h2>
        <p>
          <Scopes scopes={entry.scopes} />
        </p>
      </div>
      <dl class="line-facts">
        <div>
          <dt>{keys.lastUsed}</dt>
          <dd>{entry.lastUsedAt === null ? keys.neverUsed : <Time at={entry.lastUsedAt} />}</dd>
        </div>
        <div>
          <dt>{keys.created}</dt>
          <dd>
            <Time at={entry.createdAt} />
          </dd>
        </div>
        <div>
          <dt>{keys.ends}</dt>
          <dd>{entry.expiresAt === null ? common.never : <Time at={entry.expiresAt} />}</dd>
        </div>
      </dl>
      <button type="button" class="button danger" onClick={onRevoke}>
        {keys.revoke}
        <span class="visually-hidden">{entry.name}</span>
      </button>
    </li>
  );
}

function Keys() {
  const { keys } = text.value;
  const [dialog, setDialog] = useState<'new' | { readonly secret: string } | { readonly revoke: KeyFragment } | null>(
    null,
  );
  const { value, error, reload } = useLoaded(async () => (await execute(KeysDocument)).data.apiKeys, [me.value]);
  const close = () => setDialog(null);

  async function revoke({ id, name }: KeyFragment) {
    if (await attempt(() => execute(RevokeKeyDocument, { id }))) say(keys.revoked(name));
    close();
    await reload();
  }

  if (error !== null && value === undefined) return <LoadFailed error={error} retry={reload} />;
  const create = (
    <button type="button" class="button" onClick={() => setDialog('new')}>
      <Icon name="plus" size={16} /> {keys.create}
    </button>
  );
  return (
    <main id="main" class="page" aria-busy={value === undefined}>
      <div class="page-head">
        <div>
          <h1>{keys.title}</h1>
          <p>{keys.lead}</p>
        </div>
        {value !== undefined && value.length > 0 && create}
      </div>
      {value === undefined && <div class="skeleton block" />}
      {value?.length === 0 && (
        <Empty title={keys.none} words={keys.noneText}>
          {create}
        </Empty>
      )}
      {value !== undefined && value.length > 0 && (
        <ul class="lines">
          {value.map((entry) => (
            <KeyRow key={entry.id} entry={entry} onRevoke={() => setDialog({ revoke: entry })} />
          ))}
        </ul>
      )}
      {dialog === 'new' && (
        <NewKeyDialog
          onClose={close}
          onMade={(secret) => {
            setDialog({ secret });
            void reload();
          }}
        />
      )}
      {dialog !== null && typeof dialog === 'object' && 'secret' in dialog && (
        <Dialog title={keys.madeTitle} onClose={close} staysOnEscape>
          <div class="stack">
            <p class="muted">{keys.madeText}</p>
            <Snippet label={keys.secret} code={dialog.secret} />
            <button type="button" class="button" onClick={close}>
              {keys.done}
            </button>
          </div>
        </Dialog>
      )}
      {dialog !== null && typeof dialog === 'object' && 'revoke' in dialog && (
        <Confirm
          title={keys.revokeTitle(dialog.revoke.name)}
          action={keys.revoke}
          onConfirm={() => revoke(dialog.revoke)}
          onClose={close}
        >
          <p>{keys.revokeText}</p>
        </Confirm>
      )}
    </main>
  );
}

/** `/keys` */
export function KeysPage() {
  useTitle(text.value.keys.title);
  return (
    <SignedInOnly title={text.value.keys.signInTitle}>
      <Keys />
    </SignedInOnly>
  );
}
