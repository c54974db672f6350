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
    main: html`<div class="page-head">
  <div>
    <h1>REST API</h1>
    <p>Every route, to read and to try against this server.</p>
  </div>
  <a class="button quiet" href="/openapi.json">openapi.json</a>
</div>
<div class="card api-token" data-with-script hidden>
  <div class="field">
    <label for="token">Your token</label>
    <input id="token" class="input" autocomplete="off" spellcheck="false" aria-describedby="about-token" data-token>
    <p class="hint" id="about-token">Sent where one is taken. <a href="#postApiAuthToken">Sign in</a> below and it stands here, in this tab alone.</p>
  </div>
</div>
<div data-openapi="/openapi.json"><p>The list is drawn by a script, from <a href="/openapi.json">openapi.json</a>.</p></div>`,
  });
}
