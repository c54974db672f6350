import type { ComponentChildren } from 'preact';

/** In the place of a list that has nothing yet: what it is for, and how it begins. */
export function Empty({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{words}</p>
      {children}
    </div>
  );
}
