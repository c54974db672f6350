import { type Asset, COPY_BUTTONS, ICON, PAGE_STYLE } from './assets.ts';
import { type Html, html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly scripts: readonly Asset[];
  /** Beside the one of every page. */
  readonly styles?: readonly Asset[];
  readonly main: Html;
  /** Beside what every page has, such as what a link to it unfurls to. */
  readonly head?: Html;
}

/** A whole page of the console with its header and footer. */
export function document({ title, description, scripts, styles = [], main, head }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="description" content="${description}">
${head ?? null}<link rel="icon" href="${ICON.path}" type="image/svg+xml">
${[PAGE_STYLE, ...styles].map(({ path }) => html`<link rel="stylesheet" href="${path}">\n`)}${[
  COPY_BUTTONS,
  ...scripts,
].map(({ path }) => html`<script src="${path}" defer></script>\n`)}</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="bar">
  <a class="brand" href="/"><img src="${ICON.path}" width="28" height="28" alt=""> realtime-svg</a>
  <nav aria-label="Main">
    <a href="/#start">Start</a>
    <a href="/#api">API</a>
    <a href="/docs">REST</a>
    <a href="/graphql">Playground</a>
  </nav>
</header>
<main id="main">
${main}
</main>
<footer class="foot">
  <p>realtime-svg: live images from SVG templates and JSON.</p>
</footer>
</body>
</html>
`.markup;
}
