import { PageSkeleton } from '../../components/page-skeleton.tsx';

function Fields() {
  return (
    <div class="editor-fields">
      <div class="skeleton field-sized" />
      <div class="skeleton field-sized" />
      <div class="skeleton field-sized" />
    </div>
  );
}

/** @param isNew there are fields over the editor, for what it is to become */
export function EditorSkeleton({ isNew = false }: { readonly isNew?: boolean }) {
  return (
    <PageSkeleton columns="editor" wide above={isNew && <Fields />}>
      <div class="code skeleton" />
    </PageSkeleton>
  );
}
