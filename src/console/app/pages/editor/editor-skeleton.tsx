import { text } from '../../language/language.ts';

export function EditorSkeleton() {
  return (
    <main id="main" class="page wide" aria-busy="true">
      <p class="visually-hidden">{text.value.common.loading}</p>
      <div class="page-head">
        <div>
          <div class="skeleton line title" />
        </div>
      </div>
      <div class="editor">
        <div class="code skeleton" />
        <div class="stack">
          <div class="skeleton block" />
          <div class="skeleton block" />
        </div>
      </div>
    </main>
  );
}
