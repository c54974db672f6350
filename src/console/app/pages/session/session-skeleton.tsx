import { PageSkeleton } from '../../components/page-skeleton.tsx';

export function SessionSkeleton() {
  return (
    <PageSkeleton columns="session">
      <div class="picture stage">
        <div class="skeleton" />
      </div>
    </PageSkeleton>
  );
}
