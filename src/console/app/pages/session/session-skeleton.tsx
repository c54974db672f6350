import { text } from '../../language/language.ts';

/** The shape of the page while it is loaded. */
export function SessionSkeleton() {
  return (
    <main id="main" class="page" aria-busy="true">
      <p class="visually-hidden">{text.value.common.loading}</p>
      <div class="page-head">
        <div>
          <div class="skeleton line title" />
        </div>
      </div>
      <div class="session">
        <div class="picture stage">
          <div class="skeleton" />
        </div>
        <div class="stack">
          <div class="skeleton block" />
          <div class="skeleton block" />
        </div>
      </div>
    </main>
  );
}
