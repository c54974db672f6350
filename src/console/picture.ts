import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Html, html } from './html.ts';
import { pictureSize } from './picture-size.ts';
import { sessionUrls } from './session-urls.ts';

function sizeAttributes(svg: string): Html {
  const size = pictureSize(svg);
  return size === null ? html`` : html` width="${size.width}" height="${size.height}"`;
}

/**
 * A live picture that `live-picture.js` keeps alive.
 *
 * @param svg the current frame; null: there is none yet
 * @param link the token of a view link by which it is looked at; null: none
 */
export function picture(id: SessionId, svg: string | null, link: string | null = null): Html {
  const name = formatSessionId(id);
  const urls = sessionUrls('', id);
  const stream = link === null ? urls.stream : `${urls.stream}?view=${encodeURIComponent(link)}`;
  const image =
    svg === null
      ? html`<p class="waiting" data-waiting>There is no session “${name}” yet. Its picture appears here as soon as there is one.</p>`
      : html`<img src="${stream}" alt="Live picture of ${name}"${sizeAttributes(svg)}>`;
  return html`<div class="picture" data-live="${name}" data-stream="${stream}">${image}</div>`;
}
