import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Html, html } from './html.ts';
import { pictureSize } from './picture-size.ts';
import { sessionUrls } from './session-urls.ts';

function sizeAttributes(svg: string): Html {
  const size = pictureSize(svg);
  return size === null ? html`` : html` width="${size.width}" height="${size.height}"`;
}

/**
 * A picture that is live without a script.
 *
 * @param svg the current frame
 * @param link the token of a view link by which it is looked at; null: none
 */
export function picture(id: SessionId, svg: string, link: string | null = null): Html {
  const { stream } = sessionUrls('', id, link);
  return html`<img src="${stream}" alt="Live picture of ${formatSessionId(id)}"${sizeAttributes(svg)}>`;
}
