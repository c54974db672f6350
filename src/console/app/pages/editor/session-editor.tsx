import { useState } from 'preact/hooks';
import { errorText } from '../../language/error-text.ts';
import { text } from '../../language/language.ts';
import { addressOf } from '../../session-address.ts';
import { asRequestError } from '../../tell.ts';
import { complain, say } from '../../toasts.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { type Lifetime, LifetimeField } from './lifetime-field.tsx';
import { type Base, save } from './save.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';
import { type Draft, Workbench } from './workbench.tsx';

interface SessionEditorProps {
  readonly id: string;
  readonly first: Base;
  readonly expires: boolean;
}

/** A picture of one's own. */
export function SessionEditor({ id, first, expires }: SessionEditorProps) {
  const [base, setBase] = useState(first);
  const [draft, setDraft] = useState<Draft>({ template: first.template, args: first.args });
  const [lifetime, setLifetime] = useState<Lifetime>('keep');
  const [theirs, setTheirs] = useState<Base | null>(null);
  const [taken, setTaken] = useState(0);
  const [busy, setBusy] = useState(false);
  const { editor } = text.value;
  const changed =
    draft.template !== base.template || JSON.stringify(draft.args) !== JSON.stringify(base.args) || lifetime !== 'keep';
  useUnsavedGuard(changed);

  async function store(over: Base) {
    if (busy) return;
    setBusy(true);
    try {
      const result = await save(id, over, draft, lifetime);
      if (result.kind === 'conflict') return setTheirs(result.theirs);
      setTheirs(null);
      setBase(result.base);
      setLifetime('keep');
      say(editor.saved(String(result.base.version)));
    } catch (cause) {
      complain(errorText(asRequestError(cause)));
    } finally {
      setBusy(false);
    }
  }

  const choices: readonly Lifetime[] = ['keep', 'hour', 'day', 'week', 'month'];
  return (
    <main id="main" class="page wide">
      <div class="page-head">
        <div class="row">
          <h1>
            <bdi class="name">{id}</bdi>
          </h1>
          <span class="badge" role="status">
            <span class={`dot ${changed ? 'waiting' : ''}`} />
            {busy ? editor.saving : changed ? editor.unsaved : editor.upToDate}
          </span>
        </div>
        <div class="row">
          <a class="button quiet" href={addressOf(id).page}>
            {editor.view}
          </a>
          <button type="button" class="button" disabled={busy || !changed} onClick={() => void store(base)}>
            {editor.save}
          </button>
        </div>
      </div>
      <div class="editor-fields">
        <LifetimeField choices={expires ? [...choices, 'forever'] : choices} value={lifetime} onChange={setLifetime} />
      </div>
      <Workbench key={taken} draft={draft} onChange={setDraft} onSave={() => void store(base)} />
      {theirs !== null && (
        <ConflictDialog
          theirs={theirs}
          mine={draft}
          onClose={() => setTheirs(null)}
          onKeepMine={() => void store({ ...base, version: theirs.version })}
          onTakeTheirs={() => {
            setBase(theirs);
            setDraft({ template: theirs.template, args: theirs.args });
            setTheirs(null);
            setTaken(taken + 1);
          }}
        />
      )}
    </main>
  );
}
