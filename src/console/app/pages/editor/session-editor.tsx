import { Alert } from '../../components/alert.tsx';
import { SessionTitle } from '../../components/session-title.tsx';
import { text } from '../../language/language.ts';
import { addressOf } from '../../session-address.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { type Lifetime, LifetimeField } from './lifetime-field.tsx';
import type { Base } from './save.ts';
import { useEditing } from './use-editing.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';
import { Workbench } from './workbench.tsx';

interface SessionEditorProps {
  readonly id: string;
  readonly first: Base;
}

const KEPT: readonly Lifetime[] = ['keep', 'hour', 'day', 'week', 'month', 'forever'];
const MADE: readonly Lifetime[] = ['forever', 'hour', 'day', 'week', 'month'];

/** A picture of one's own. */
export function SessionEditor({ id, first }: SessionEditorProps) {
  const editing = useEditing(id, first);
  const { draft, theirs, busy, isGone, isUnsaved } = editing;
  const { editor } = text.value;
  useUnsavedGuard(isUnsaved);
  return (
    <main id="main" class="page wide">
      <div class="page-head">
        <div class="row">
          <SessionTitle id={id} />
          <span class="badge" role="status">
            <span class={`dot ${isUnsaved ? 'waiting' : ''}`} />
            {busy ? editor.saving : isUnsaved ? editor.unsaved : editor.upToDate}
          </span>
        </div>
        <div class="row">
          <div class="editor-lifetime">
            <LifetimeField choices={isGone ? MADE : KEPT} value={editing.lifetime} onChange={editing.setLifetime} />
          </div>
          <a class="button quiet" href={addressOf(id).page}>
            {editor.view}
          </a>
          <button type="button" class="button" disabled={busy || !isUnsaved} onClick={() => void editing.store()}>
            {isGone ? editor.again : editor.save}
          </button>
        </div>
      </div>
      {(isGone || editing.clashes) && (
        <div class="stack spaced">
          <Alert kind="warn">{isGone ? editor.gone : editor.clash}</Alert>
        </div>
      )}
      <Workbench draft={draft} taken={editing.taken} onChange={editing.change} onSave={() => void editing.store()} />
      {theirs !== null && (
        <ConflictDialog
          theirs={theirs}
          mine={draft}
          onClose={editing.decideLater}
          onKeepMine={() => void editing.keepMine(theirs)}
          onTakeTheirs={() => editing.takeTheirs(theirs)}
        />
      )}
    </main>
  );
}
