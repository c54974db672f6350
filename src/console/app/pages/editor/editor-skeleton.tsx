import { PageSkeleton } from '../../components/page-skeleton.tsx';

export function EditorSkeleton() {
  return (
    <PageSkeleton columns="editor" wide>
      <div class="code skeleton" />
    </PageSkeleton>
  );
}
