import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { ICON, LIVE_PICTURE, LIVE_STYLE } from './assets.ts';
import { html } from './html.ts';
import { picture } from './picture.ts';

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
<script src="${LIVE_PICTURE.path}" defer></script>
</head>
<body>
${picture(id, svg, link)}
</body>
</html>
`.markup;
}
