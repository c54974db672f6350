import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { execute } from '../../api.ts';
import { askToSignIn } from '../../ask-to-sign-in.ts';
import { Field } from '../../components/field.tsx';
import { PrivateSwitch } from '../../components/private-switch.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { CreateDocument } from '../../generated/graphql.ts';
import { me } from '../../identity.ts';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { addressOf, isName } from '../../session-address.ts';
import { SETTINGS } from '../../settings.ts';
import { asRequestError } from '../../tell.ts';
import { complain, say } from '../../toasts.ts';
import { type Lifetime, LifetimeField, ttlOf } from './lifetime-field.tsx';
import { useUnsavedGuard } from './use-unsaved-guard.ts';
import { type Draft, Workbench } from './workbench.tsx';

const PUBLIC_LIFETIMES: readonly Lifetime[] = ['hour', 'day', 'week', 'month'];

/** A new picture, from what it starts with to its own page. */
export function NewEditor({ start }: { readonly start: Draft }) {
  const { route } = useLocation();
  const [draft, setDraft] = useState(start);
  const [name, setName] = useState('');
  const [nameFault, setNameFault] = useState<string | null>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  const [wantsPublic, setWantsPublic] = useState(false);
  const [isPrivate, setPrivate] = useState(false);
  const [chosenLifetime, setLifetime] = useState<Lifetime | null>(null);
  const [busy, setBusy] = useState(false);
  const mayBePublic = SETTINGS.anonymousWrites || me.value !== null;
  const isPublic = wantsPublic || (me.value === null && mayBePublic);
  const lifetime = chosenLifetime ?? (isPublic ? 'day' : 'forever');
  const { editor } = text.value;
  const [isCreated, setCreated] = useState(false);
  useUnsavedGuard(!isCreated && draft !== start);

  function refuseName(why: string) {
    setNameFault(why);
    nameInput.current?.focus();
  }

  async function create() {
    if (busy) return;
    if (me.value === null && !SETTINGS.anonymousWrites && !(await askToSignIn()))
      return complain(editor.signInToCreate);
    setNameFault(null);
    if (name.trim() !== '' && !isName(name)) return refuseName(text.value.notFound.nameText);
    setBusy(true);
    const named = name.trim() === '' ? {} : { name };
    const ttl = lifetime === 'forever' ? {} : ttlOf(lifetime);
    const belongsToNobody = wantsPublic || me.value === null;
    const visibility = isPrivate && !belongsToNobody ? 'PRIVATE' : 'PUBLIC';
    try {
      const { data } = await execute(CreateDocument, {
        input: { ...named, ...ttl, ...draft, public: belongsToNobody, visibility },
      });
      setCreated(true);
      say(editor.created);
      route(addressOf(data.createSession.id).page);
    } catch (cause) {
      const error = asRequestError(cause);
      if (error.code === 'CONFLICT') refuseName(errorText(error));
      else complain(errorText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main id="main" class="page wide">
      <div class="page-head">
        <h1>{editor.newTitle}</h1>
        <div class="row">
          <a class="button quiet" href="/new">
            {editor.gallery}
          </a>
          <button type="button" class="button" disabled={busy} onClick={() => void create()}>
            {editor.create}
          </button>
        </div>
      </div>
      <div class="editor-fields">
        <Field label={editor.name} hint={editor.nameHint} fault={nameFault}>
          {(ids) => (
            <input
              {...ids}
              ref={nameInput}
              class="input"
              autocomplete="off"
              spellcheck={false}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <SelectField
          label={editor.visibility}
          hint={isPublic && mayBePublic ? editor.publicHint : undefined}
          choices={mayBePublic ? ['owned', 'public'] : ['owned']}
          words={{ owned: me.value === null ? editor.ownedSignIn : editor.owned(me.value), public: editor.public }}
          value={isPublic ? 'public' : 'owned'}
          onChange={(wanted) => {
            setWantsPublic(wanted === 'public');
            setLifetime(null);
            if (wanted === 'owned' && me.value === null) void askToSignIn();
          }}
        />
        <LifetimeField
          choices={isPublic ? PUBLIC_LIFETIMES : ['forever', ...PUBLIC_LIFETIMES]}
          value={lifetime}
          onChange={setLifetime}
        />
        {!isPublic && <PrivateSwitch isPrivate={isPrivate} onTurn={() => setPrivate(!isPrivate)} />}
      </div>
      <Workbench
        draft={draft}
        onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
        onSave={() => void create()}
      />
    </main>
  );
}
