import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Html, html } from './html.ts';
import { pictureSize } from './picture-size.ts';
import { sessionUrls } from './session-urls.ts';

function sizeAttributes(svg: string): Html {
  const size = pictureSize(svg);
  return size === null ? html`` : html` width="${size.width}" height="${size.height}"`;
}

/** A live picture that `live-picture.js` keeps alive. @param svg the current frame; null: there is none yet */
export function picture(id: SessionId, svg: string | null): Html {
  const name = formatSessionId(id);
  const { stream } = sessionUrls('', id);
  const image =
    svg === null
      ? html`<p class="waiting" data-waiting>There is no session “${name}” yet. Its picture appears here as soon as there is one.</p>`
      : html`<img src="${stream}" alt="Live picture of ${name}"${sizeAttributes(svg)}>`;
  return html`<div class="picture" data-live="${name}" data-stream="${stream}">${image}</div>`;
}
