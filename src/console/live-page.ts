import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { ICON, LIVE_STYLE } from './assets.ts';
import { type Html, html } from './html.ts';
import { picture } from './picture.ts';
import { sessionUrls } from './session-urls.ts';
import { WEB_BUILD } from './web-files.ts';

function livePicture(id: SessionId, svg: string | null, link: string | null): Html {
  const name = formatSessionId(id);
  const { stream, snapshot } = sessionUrls('', id, link);
  const attributes = html`src="${stream}" alt="Live picture of ${name}"`;
  if (svg === null) {
    return html`<live-svg ${attributes}><p class="waiting">There is no session “${name}” yet. Its picture appears here as soon as there is one.</p></live-svg>`;
  }
  // Where no WebSocket comes through, the picture of this moment is better than none.
  return html`<live-svg ${attributes} fallback="${snapshot}"><noscript>${picture(id, svg, link)}</noscript></live-svg>`;
}

/**
 * A bare page that the picture fills. It names no colour scheme: a frame whose scheme differs from its page's is not
 * transparent.
 *
 * @param svg the current frame; null: there is no such session yet, and the page waits for it
 * @param link the token of a view link by which it is looked at; null: none
 */
export function livePage(id: SessionId, svg: string | null, link: string | null): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${formatSessionId(id)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="${ICON.path}" type="image/svg+xml">
<link rel="stylesheet" href="${LIVE_STYLE.path}">
<script src="${WEB_BUILD.embed.path}" defer></script>
</head>
<body>
${livePicture(id, svg, link)}
</body>
</html>
`.markup;
}
