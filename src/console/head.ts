import { ICON, THEME } from './assets.ts';
import { type Html, html } from './html.ts';
import { WEB_BUILD } from './web-files.ts';

export interface Head {
  readonly title: string;
  readonly description: string;
  /** After the description. */
  readonly about?: Html | null;
  /** What the page loads beside the console's look. */
  readonly loads: readonly Html[];
}

/** The head of every page but the bare one, in the console's look. */
export function head({ title, description, about = null, loads }: Head): Html {
  const styles = WEB_BUILD.entry.styles.map((path) => html`<link rel="stylesheet" href="${path}">\n`);
  return html`<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<meta name="description" content="${description}">
${about}<link rel="icon" href="${ICON.path}" type="image/svg+xml">
<script src="${THEME.path}"></script>
${styles}${loads}</head>`;
}
