import { type Asset, COPY_BUTTONS, ICON } from './assets.ts';
import { head } from './head.ts';
import { type Html, html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly scripts: readonly Asset[];
  /** Beside the one of every page. */
  readonly styles?: readonly Asset[];
  readonly main: Html;
}

/** A page that the server writes whole, in the console's look. */
export function document({ title, description, scripts, styles = [], main }: Page): string {
  const loads = [
    ...styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">\n`),
    ...[COPY_BUTTONS, ...scripts].map(({ path }) => html`<script src="${path}" defer></script>\n`),
  ];
  return html`<!doctype html>
<html lang="en">
${head({ title, description, loads })}
<body>
<div id="app">
<a class="skip" href="#main">Skip to content</a>
<header class="bar"><div class="bar-inner">
  <a class="brand" href="/"><img src="${ICON.path}" width="26" height="26" alt=""> <span>realtime-svg</span></a>
  <nav class="nav always" aria-label="Main">
    <a href="/new">Gallery</a>
    <a href="/graphql">GraphQL</a>
    <a href="/docs">REST</a>
  </nav>
</div></header>
<main id="main" class="page">
${main}
</main>
<footer class="foot">
  <p>realtime-svg: live images from SVG templates and JSON.</p>
  <a href="/graphql">GraphQL</a>
  <a href="/docs">REST</a>
  <a href="/openapi.json">OpenAPI</a>
</footer>
</div>
</body>
</html>
`.markup;
}
