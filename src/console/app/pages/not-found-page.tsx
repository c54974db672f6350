import { text } from '../language/language.ts';
import { useTitle } from '../use-title.ts';

export function NotFoundPage() {
  const { notFound, common } = text.value;
  useTitle(notFound.title);
  return (
    <main id="main" class="page">
      <div class="notice">
        <h1>{notFound.title}</h1>
        <p class="lead">{notFound.text}</p>
        <p class="actions">
          <a class="button" href="/">
            {common.startPage}
          </a>
          <a class="button quiet" href="/new">
            {notFound.make}
          </a>
        </p>
      </div>
    </main>
  );
}
