import { ICON } from './assets.ts';
import { head } from './head.ts';
import { type Html, html } from './html.ts';
import type { PageSettings } from './page-settings.ts';
import { WEB_BUILD } from './web-files.ts';

export interface AppDocument {
  readonly settings: PageSettings;
  readonly title: string;
  readonly description: string;
  /** Beside what every page has, such as what a link to it unfurls to. */
  readonly about?: Html;
  /** What is shown where no script runs. */
  readonly withoutScript?: Html;
}

const NEEDS_SCRIPTS = html`<p>The console needs JavaScript. The API does not: see <a href="/docs">the routes</a>.</p>`;

/** The document in which the console starts. What it shows follows from its address. */
export function appDocument({ settings, title, description, about, withoutScript }: AppDocument): string {
  const { script, preloads } = WEB_BUILD.entry;
  const loads = [
    ...preloads.map((path) => html`<link rel="modulepreload" href="${path}">\n`),
    html`<script type="module" src="${script}"></script>\n`,
  ];
  return html`<!doctype html>
<html lang="en">
${head({ title, description, about: about ?? null, loads })}
<body>
<div id="app" data-settings="${JSON.stringify(settings)}" data-icon="${ICON.path}"></div>
<noscript><main class="page">${withoutScript ?? NEEDS_SCRIPTS}</main></noscript>
</body>
</html>
`.markup;
}
