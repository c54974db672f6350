import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** What is wrong, and what to do. */
export function Alert({
  kind = 'bad',
  children,
}: {
  readonly kind?: 'bad' | 'warn';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`alert ${kind}`} role="alert">
      <Icon name="alert" />
      <div>{children}</div>
    </div>
  );
}
