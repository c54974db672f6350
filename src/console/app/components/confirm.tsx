import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../language/language.ts';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What the button does, as a verb. */
  readonly action: string;
  readonly children: ComponentChildren;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, children, onConfirm, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  async function confirm() {
    setBusy(true);
    await onConfirm().finally(() => setBusy(false));
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="row end">
        <button type="button" class="button quiet" onClick={onClose}>
          {text.value.common.cancel}
        </button>
        <button type="button" class="button danger solid" disabled={busy} onClick={() => void confirm()}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
