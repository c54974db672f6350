import { text } from '../language/language.ts';

export function Footer() {
  const { footer, nav } = text.value;
  return (
    <footer class="foot">
      <p>{footer.claim}</p>
      <a href="/graphql">{nav.playground}</a>
      <a href="/docs">{nav.docs}</a>
      <a href="/openapi.json">OpenAPI</a>
    </footer>
  );
}
