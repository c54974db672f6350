import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { execute } from '../../api.ts';
import { Alert } from '../../components/alert.tsx';
import { CardSkeletons } from '../../components/card-skeletons.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadFailed } from '../../components/load-failed.tsx';
import { SignedInOnly } from '../../components/signed-in-only.tsx';
import { DeleteDocument, type ListedFragment, type SessionSort } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { attempt } from '../../tell.ts';
import { say } from '../../toasts.ts';
import { useTitle } from '../../use-title.ts';
import { type ListRequest, listAddress, requestAt } from './list-address.ts';
import { SessionCard } from './session-card.tsx';
import { useSessionList } from './use-session-list.ts';

const SORTS: readonly SessionSort[] = ['CHANGED', 'NAME'];

function Sessions() {
  const { sessions: words, nav } = text.value;
  const { query, route } = useLocation();
  const request = requestAt(query);
  const { search, sort } = request;
  const [doomed, setDoomed] = useState<ListedFragment | null>(null);
  const { sessions, hasMore, error, more, reload, forget } = useSessionList(request);

  /** Replaced: Back leads to the page before, not through what was typed. */
  const ask = (change: Partial<ListRequest>) => route(listAddress({ ...request, ...change }), true);

  async function remove({ id, name }: ListedFragment) {
    if (await attempt(() => execute(DeleteDocument, { id }))) {
      say(words.deleted(name));
      forget(id);
    }
    setDoomed(null);
  }

  if (error !== null && sessions === undefined) return <LoadFailed error={error} retry={reload} />;
  const isEmpty = sessions?.length === 0;
  return (
    <main id="main" class="page" aria-busy={sessions === undefined}>
      <div class="page-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.leads[sort]}</p>
        </div>
        <div class="only-narrow">
          <a class="button" href="/new">
            <Icon name="plus" size={16} /> {nav.create}
          </a>
        </div>
      </div>
      {!(isEmpty && search === '') && (
        <div class="list-tools">
          <label class="search">
            <span class="visually-hidden">{words.search}</span>
            <Icon name="search" size={16} />
            <input
              type="search"
              class="input"
              maxLength={128}
              placeholder={words.search}
              value={search}
              onInput={({ currentTarget }) => ask({ search: currentTarget.value })}
            />
          </label>
          <label>
            <span class="visually-hidden">{words.sort}</span>
            <select
              class="input"
              value={sort}
              onChange={({ currentTarget }) => ask({ sort: currentTarget.value as SessionSort })}
            >
              {SORTS.map((each) => (
                <option key={each} value={each}>
                  {words.sort}: {words.sorts[each]}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {error !== null && <Alert>{errorText(error)}</Alert>}
      {isEmpty && search === '' && (
        <Empty title={words.none} words={words.noneText}>
          <a class="button large" href="/new">
            {text.value.welcome.start}
          </a>
        </Empty>
      )}
      {isEmpty && search !== '' && (
        <Empty title={words.noneFound(search)} words="">
          <button type="button" class="button quiet" onClick={() => ask({ search: '' })}>
            {words.clearSearch}
          </button>
        </Empty>
      )}
      <ul class="session-cards">
        {sessions === undefined ? (
          <CardSkeletons class="session-card" element="li" count={6} />
        ) : (
          sessions.map((session) => (
            <SessionCard key={session.id} session={session} onDelete={() => setDoomed(session)} />
          ))
        )}
      </ul>
      {hasMore && (
        <p class="more">
          <button type="button" class="button quiet" onClick={() => void more()}>
            {words.more}
          </button>
        </p>
      )}
      {doomed !== null && (
        <Confirm
          title={words.deleteTitle(doomed.name)}
          action={words.delete}
          onConfirm={() => remove(doomed)}
          onClose={() => setDoomed(null)}
        >
          <p>{words.deleteText}</p>
        </Confirm>
      )}
    </main>
  );
}

/** `/sessions` */
export function SessionsPage() {
  useTitle(text.value.sessions.title);
  return (
    <SignedInOnly title={text.value.sessions.signInTitle} more={text.value.sessions.signInText}>
      <Sessions key={me.value} />
    </SignedInOnly>
  );
}
