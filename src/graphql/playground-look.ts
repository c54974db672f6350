/** The console's accent on dark and on light pages, for GraphiQL's own, which stand in its script too. */
const ACCENTS = [
  ['#ff5794', '#38bdf8'],
  ['#d60590', '#0369a1'],
] as const;

const PARTS =
  ':is(.graphiql-container, .graphiql-dialog, .graphiql-dialog-overlay, .graphiql-tooltip, [data-radix-popper-content-wrapper])';

/** A picture in a frame, drawn in the accent. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f172a"/>' +
    '<path d="M6 21l6-8 5 5 4-6 5 9" fill="none" stroke="#38bdf8" stroke-width="3" stroke-linejoin="round"/></svg>',
)}`;

/** GraphiQL wants hue, saturation and lightness. */
const DARK = `
  --color-primary: 198, 93%, 60%; --color-secondary: 199, 80%, 76%; --color-tertiary: 172, 66%, 50%;
  --color-info: 213, 94%, 78%; --color-success: 158, 64%, 52%; --color-warning: 43, 96%, 66%; --color-error: 0, 91%, 71%;
  --color-neutral: 213, 27%, 84%; --color-base: 222, 47%, 11%;`;
const LIGHT = `
  --color-primary: 201, 96%, 32%; --color-secondary: 215, 60%, 40%; --color-tertiary: 175, 84%, 26%;
  --color-neutral: 215, 25%, 27%; --color-base: 210, 40%, 98%;
  --font-family: system-ui, sans-serif; --font-family-mono: ui-monospace, monospace;`;

const BAR_HEIGHT = '44px';

/** The way to the rest of the service: GraphiQL fills the window, and has none. */
const BAR = `<header class="console-bar">
  <a class="brand" href="/"><img src="${ICON}" width="24" height="24" alt="">realtime-svg</a>
  <nav aria-label="Main">
    <a href="/new">Gallery</a>
    <a href="/graphql" aria-current="page">GraphQL</a>
    <a href="/docs">REST</a>
  </nav>
</header>
`;

const BAR_DARK = '--bar-text: #f1f5f9; --bar-quiet: #94a3b8; --bar-line: #1e293b; --bar-accent: #38bdf8;';
const BAR_LIGHT = '--bar-text: #0f172a; --bar-quiet: #475569; --bar-line: #e2e8f0; --bar-accent: #0369a1;';

const BAR_STYLE = `body { ${BAR_LIGHT} }
@media (prefers-color-scheme: dark) { body:not(.graphiql-light) { ${BAR_DARK} } }
body.graphiql-dark { ${BAR_DARK} background: #0f172a; }
.console-bar {
  box-sizing: border-box; height: ${BAR_HEIGHT}; padding: 0 16px; display: flex; align-items: center; gap: 16px;
  border-bottom: 1px solid var(--bar-line); font: 14px system-ui, sans-serif; overflow-x: auto;
}
.console-bar a { color: var(--bar-quiet); text-decoration: none; }
.console-bar a:is(:hover, .brand, [aria-current]) { color: var(--bar-text); }
.console-bar a:focus-visible { outline: 2px solid var(--bar-accent); outline-offset: 3px; border-radius: 4px; }
.console-bar .brand { display: flex; align-items: center; gap: 8px; font-weight: 600; white-space: nowrap; }
.console-bar nav { display: flex; gap: 16px; }`;

/**
 * `html` outweighs GraphiQL's own rules, which come later. Its tabs are draggable and begin with an offset from before its
 * styles were there; the first press would move the tab away from under the pointer and the click would be lost.
 */
const STYLE = `<style>
html ${PARTS} {${LIGHT}}
@media (prefers-color-scheme: dark) { html body:not(.graphiql-light) ${PARTS} {${DARK}} }
html body.graphiql-dark ${PARTS} {${DARK}}
html, body { background: #f8fafc; }
@media (prefers-color-scheme: dark) { html, body:not(.graphiql-light) { background: #0f172a; } }
${BAR_STYLE}
html body .graphiql-execute-button > svg { color: hsl(var(--color-base)); }
.graphiql-logo { display: none; }
html body .graphiql-container { height: calc(100vh - ${BAR_HEIGHT}); }
.graphiql-tab { transform: none !important; }
</style>`;

/** What is typed, tokens in headers too, is kept as long as this tab of the browser, and seen by no other. */
const PER_TAB = "Object.defineProperty(self, 'localStorage', { value: self.sessionStorage });";

/** The page of GraphiQL in the console's colours, that remembers for the tab. */
export function inOurLook(page: string): string {
  const coloured = ACCENTS.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), page);
  const withBar = coloured.replace('<div id="root">', () => `${BAR}<div id="root">`);
  return withBar.replace('<title>', () => `${STYLE}<title>`).replace('<script>', () => `<script>${PER_TAB}`);
}
