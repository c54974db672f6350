import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** What it shows is shown once: the Escape key does not close it. Default: false. */
  readonly staysOnEscape?: boolean;
  readonly children: ComponentChildren;
}

/** Over the page, which cannot be reached until it is closed; the focus goes back to where it was. */
export function Dialog({ title, onClose, staysOnEscape = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const focused = document.activeElement;
    element?.showModal();
    element?.querySelector<HTMLInputElement>('input:not([readonly], [type=radio])')?.focus();
    return () => {
      element?.close();
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // A browser closes a dialog at the second Escape, whatever is said to the first.
        if (staysOnEscape && event.key === 'Escape') event.preventDefault();
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!staysOnEscape) onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
