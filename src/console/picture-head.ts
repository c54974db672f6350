import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { type Html, html } from './html.ts';
import { pictureSize } from './picture-size.ts';
import { sessionUrls } from './session-urls.ts';

const SITE = 'realtime-svg';

export interface PictureHead {
  /** How absolute addresses begin: `https://pictures.example`. */
  readonly base: string;
  readonly id: SessionId;
  /** The current frame, for its size. */
  readonly svg: string;
}

export function pictureTitle(id: SessionId): string {
  return `${formatSessionId(id)} · ${SITE}`;
}

export function pictureDescription({ owner, name }: SessionId): string {
  return `The live picture ${name}${owner === null ? '' : ` by ${owner}`}. It follows every change by itself.`;
}

/**
 * What a link to a session's page unfurls to, for crawlers, which run no scripts: Open Graph (https://ogp.me) and Twitter's
 * card. They want absolute addresses, and the snapshot, since a stream never ends. Title and description stand in elements of
 * their own.
 */
export function pictureHead({ base, id, svg }: PictureHead): Html {
  const { page, snapshot } = sessionUrls(base, id);
  const name = formatSessionId(id);
  const description = pictureDescription(id);
  const size = pictureSize(svg);
  const measured =
    size === null ? [] : Object.entries(size).map(([what, pixels]) => [`og:image:${what}`, pixels] as const);
  const properties: readonly (readonly [string, string | number])[] = [
    ['og:type', 'website'],
    ['og:site_name', SITE],
    ['og:title', name],
    ['og:description', description],
    ['og:url', page],
    ['og:image', snapshot],
    ['og:image:type', 'image/svg+xml'],
    ...measured,
    ['og:image:alt', `The picture ${name}`],
  ];
  const card: readonly (readonly [string, string])[] = [
    ['twitter:card', 'summary_large_image'],
    ['twitter:title', name],
    ['twitter:description', description],
    ['twitter:image', snapshot],
    ['twitter:image:alt', `The picture ${name}`],
  ];
  return html`<link rel="canonical" href="${page}">
<link rel="alternate" type="image/svg+xml" href="${snapshot}">
${properties.map(([property, content]) => html`<meta property="${property}" content="${content}">\n`)}${card.map(
  ([key, content]) => html`<meta name="${key}" content="${content}">\n`,
)}`;
}
