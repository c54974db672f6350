import type { ComponentChildren } from 'preact';
import { text } from '../language/language.ts';

interface PageSkeletonProps {
  /** The class of the page's columns, which keep their places. */
  readonly columns: string;
  readonly wide?: boolean;
  /** Between the head and the columns. */
  readonly above?: ComponentChildren;
  /** What the first column shows meanwhile. */
  readonly children: ComponentChildren;
}

/** The shape of a page of two columns while it is loaded. */
export function PageSkeleton({ columns, wide = false, above, children }: PageSkeletonProps) {
  return (
    <main id="main" class={`page${wide ? ' wide' : ''}`} aria-busy="true">
      <p class="visually-hidden">{text.value.common.loading}</p>
      <div class="page-head">
        <div>
          <div class="skeleton title" />
        </div>
        <div class="skeleton button-sized" />
      </div>
      {above}
      <div class={columns}>
        {children}
        <div class="stack">
          <div class="skeleton block" />
          <div class="skeleton block" />
        </div>
      </div>
    </main>
  );
}
