import { Notice } from '../components/notice.tsx';
import { text } from '../language/language.ts';
import { useTitle } from '../use-title.ts';

export function NotFoundPage() {
  const { notFound, common } = text.value;
  useTitle(notFound.title);
  return (
    <Notice icon="search" title={notFound.title}>
      <p class="lead">{notFound.text}</p>
      <p class="actions">
        <a class="button" href="/">
          {common.startPage}
        </a>
        <a class="button quiet" href="/new">
          {notFound.make}
        </a>
      </p>
    </Notice>
  );
}
