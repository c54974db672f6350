import { STYLE_LINKS } from './app-document.ts';
import { type Asset, COPY_BUTTONS, ICON, THEME } from './assets.ts';
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
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="description" content="${description}">
<link rel="icon" href="${ICON.path}" type="image/svg+xml">
<script src="${THEME.path}"></script>
${STYLE_LINKS}${styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">\n`)}${[
  COPY_BUTTONS,
  ...scripts,
].map(({ path }) => html`<script src="${path}" defer></script>\n`)}</head>
<body>
<div id="app">
<a class="skip" href="#main">Skip to content</a>
<header class="bar"><div class="bar-inner">
  <a class="brand" href="/"><img src="${ICON.path}" width="26" height="26" alt=""> <span>realtime-svg</span></a>
  <nav class="nav" aria-label="Main">
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
</footer>
</div>
</body>
</html>
`.markup;
}
