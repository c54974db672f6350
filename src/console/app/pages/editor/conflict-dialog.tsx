import { Dialog } from '../../components/dialog.tsx';
import { copyText } from '../../copy-text.ts';
import { text } from '../../language/language.ts';
import type { Base } from './save.ts';
import type { Draft } from './workbench.tsx';

interface ConflictDialogProps {
  readonly theirs: Base;
  readonly mine: Draft;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Two have changed the same picture; nothing is lost whichever is kept. */
export function ConflictDialog({ theirs, mine, onKeepMine, onTakeTheirs, onClose }: ConflictDialogProps) {
  const { editor, common } = text.value;
  async function take() {
    await copyText(mine.template);
    onTakeTheirs();
  }
  return (
    <Dialog title={editor.conflictTitle} onClose={onClose}>
      <p>{editor.conflictText(String(theirs.version))}</p>
      <div class="row end">
        <button type="button" class="button bare" onClick={onClose}>
          {common.cancel}
        </button>
        <button type="button" class="button quiet" onClick={() => void take()}>
          {editor.takeTheirs}
        </button>
        <button type="button" class="button" onClick={onKeepMine}>
          {editor.keepMine}
        </button>
      </div>
    </Dialog>
  );
}
