import type { JsonObject } from '../json.ts';
import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Html, html } from './html.ts';
import { pastablePath, sessionUrls } from './session-urls.ts';

/** A text between single quotes in a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What Markdown would take for its own. */
function markdownEscaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&!]/g, String.raw`\$&`);
}

export function imageSnippet(base: string, id: SessionId): string {
  return html`<img src="${sessionUrls(base, id).stream}" alt="${formatSessionId(id)}">`.markup;
}

/** READMEs get the snapshot: their image proxies refuse streams. */
export function markdownSnippet(base: string, id: SessionId): string {
  const { snapshot, page } = sessionUrls(base, id);
  return `[![${markdownEscaped(formatSessionId(id))}](${snapshot})](${page})`;
}

/** Merges these args into a public session's. */
export function pushSnippet(base: string, id: SessionId, args: JsonObject): string {
  const url = shellQuoted(`${base}/api/session/${pastablePath(id)}`);
  const body = shellQuoted(JSON.stringify({ args }));
  return `curl -X PATCH ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d ${body}`;
}

/** Writes a small template file and creates a public session of it. */
export function createSnippet(base: string, name: string): string {
  return `cat > card.svg <<'SVG'
<svg viewBox="0 0 400 140">
  <rect width="400" height="140" rx="20" fill="#0f172a"/>
  <text x="32" y="86" font-size="44" font-family="sans-serif"
        fill="{{ color }}">{{ text }}</text>
</svg>
SVG
jq -Rs '{session_id: "${name}", template: .,
         args: {text: "Hello", color: "#38bdf8"}}' card.svg |
curl ${base}/api/session \\
  -H 'Content-Type: application/json' -d @-`;
}

/** @param element id of the `<code>`, one per page */
export function snippetBlock(element: string, label: string, code: string): Html {
  return html`<div class="snippet">
  <div class="snippet-head"><span id="${element}-label">${label}</span>
    <button type="button" class="copy" data-copy="${element}" aria-describedby="${element}-label" hidden>Copy</button></div>
  <pre><code id="${element}">${code}</code></pre>
</div>`;
}
