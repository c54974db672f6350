import type { ComponentChildren } from 'preact';
import type { Typed } from './use-typed.ts';

interface PickedOrTypedProps {
  readonly id: string;
  readonly class: string;
  readonly type: 'text' | 'number';
  readonly typed: Typed;
  /** Said while what is typed says nothing yet. */
  readonly fault: string;
  /** The control that picks the same value. */
  readonly children: ComponentChildren;
}

/** One value in two controls: one to pick it with, and a text, which need not say it yet. */
export function PickedOrTyped({ id, class: name, type, typed, fault, children }: PickedOrTypedProps) {
  const faultId = `${id}-fault`;
  const kind = type === 'number' ? ({ type, step: 'any' } as const) : ({ type } as const);
  return (
    <>
      <div class={name}>
        {children}
        <input
          {...kind}
          id={id}
          class="input"
          spellcheck={false}
          autocomplete="off"
          value={typed.text}
          aria-invalid={!typed.isRead}
          aria-describedby={faultId}
          onInput={({ currentTarget }) => typed.type(currentTarget.value)}
        />
      </div>
      <p class="fault" id={faultId}>
        {typed.isRead ? null : fault}
      </p>
    </>
  );
}
