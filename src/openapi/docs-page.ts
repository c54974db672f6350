import { API_DOCS, API_DOCS_STYLE } from '../console/assets.ts';
import { document } from '../console/document.ts';
import { html } from '../console/html.ts';

/** A page that reads `openapi.json` and lets people ask the server. Loads nothing from anywhere else. */
export function docsPage(): string {
  return document({
    title: 'REST API · realtime-svg',
    description: 'Every REST route of realtime-svg, to read and to try.',
    styles: [API_DOCS_STYLE],
    scripts: [API_DOCS],
    main: html`<h1>REST API</h1>
<p class="lead">Every route, to read and to try against this server. For programs: <a href="/openapi.json">openapi.json</a>.</p>
<div class="field" data-with-script hidden>
  <label for="token">Your token, sent where one is taken. <a href="#postApiAuthToken">Sign in</a> below and it stands here.</label>
  <input id="token" autocomplete="off" spellcheck="false" data-token>
</div>
<div data-openapi="/openapi.json"><p>The list is drawn by a script, from <a href="/openapi.json">openapi.json</a>.</p></div>`,
  });
}
