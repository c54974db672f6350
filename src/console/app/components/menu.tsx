import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MenuProps {
  readonly label: string;
  readonly button: ComponentChildren;
  readonly class?: string;
  /** Links and buttons. */
  readonly children: ComponentChildren;
}

/** A button that opens a list of links and buttons (disclosure pattern of the ARIA Authoring Practices). */
export function Menu({ label, button, class: className = 'button bare icon', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const items = useRef<HTMLDivElement>(null);

  // Towards the side where there is room.
  useLayoutEffect(() => {
    const list = items.current;
    if (list === null) return;
    const { left, bottom } = list.getBoundingClientRect();
    const above = opener.current?.getBoundingClientRect().top ?? 0;
    list.classList.toggle('to-the-right', left < 0);
    list.classList.toggle('upwards', bottom > document.documentElement.clientHeight && above > list.offsetHeight);
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      opener.current?.focus();
    };
    addEventListener('pointerdown', closeOutside);
    addEventListener('focusin', closeOutside);
    addEventListener('keydown', closeByKey);
    return () => {
      removeEventListener('pointerdown', closeOutside);
      removeEventListener('focusin', closeOutside);
      removeEventListener('keydown', closeByKey);
    };
  }, [open]);

  return (
    <div class="menu" ref={root}>
      <button
        type="button"
        ref={opener}
        class={className}
        aria-expanded={open}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the links and buttons inside are what is operated
        // biome-ignore lint/a11y/useKeyWithClickEvents: a key on one of them clicks it
        <div class="menu-items" ref={items} onClick={() => setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  );
}
