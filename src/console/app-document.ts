import { ICON, THEME } from './assets.ts';
import { type Html, html } from './html.ts';
import type { PageSettings } from './page-settings.ts';
import { WEB_BUILD } from './web-files.ts';

export interface AppDocument {
  readonly settings: PageSettings;
  readonly title: string;
  readonly description: string;
  /** Beside what every page has, such as what a link to it unfurls to. */
  readonly head?: Html;
  /** What is shown where no script runs. */
  readonly withoutScript?: Html;
}

const NEEDS_SCRIPTS = html`<p>The console needs JavaScript. The API does not: see <a href="/docs">the routes</a>.</p>`;

/** Links that every page of the console begins with. */
export const STYLE_LINKS: readonly Html[] = WEB_BUILD.entry.styles.map(
  (path) => html`<link rel="stylesheet" href="${path}">\n`,
);

/** The document in which the console starts. What it shows follows from its address. */
export function appDocument({ settings, title, description, head, withoutScript }: AppDocument): string {
  const { script, preloads } = WEB_BUILD.entry;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="description" content="${description}">
${head ?? null}<link rel="icon" href="${ICON.path}" type="image/svg+xml">
<script src="${THEME.path}"></script>
${STYLE_LINKS}${preloads.map((path) => html`<link rel="modulepreload" href="${path}">\n`)}<script type="module" src="${script}"></script>
</head>
<body>
<div id="app" data-settings="${JSON.stringify(settings)}" data-icon="${ICON.path}"></div>
<noscript><main class="page">${withoutScript ?? NEEDS_SCRIPTS}</main></noscript>
</body>
</html>
`.markup;
}
