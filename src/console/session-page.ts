import type { JsonObject, JsonValue } from '../json.ts';
import type { StoredSession } from '../storage/session-store.ts';
import { LIVE_PICTURE, SESSION_FACTS } from './assets.ts';
import { document } from './document.ts';
import { type Html, html } from './html.ts';
import { picture } from './picture.ts';
import { pictureDescription, pictureHead, pictureTitle } from './picture-head.ts';
import { sessionUrls } from './session-urls.ts';
import { imageSnippet, markdownSnippet, pushSnippet, snippetBlock } from './snippets.ts';

function time(name: string, at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time data-fact="${name}" datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function facts({ id, version, updatedAt, expiresAt, ttlMs }: StoredSession, anonymousWrites: boolean): Html {
  const anybody = anonymousWrites ? 'anybody' : 'anybody who is signed in';
  return html`<dl class="facts" data-ttl-ms="${ttlMs ?? ''}">
  <div><dt>Version</dt><dd data-fact="version">${version}</dd></div>
  <div><dt>Updated</dt><dd>${time('updated', updatedAt)}</dd></div>
  <div><dt>Expires</dt><dd>${expiresAt === null ? 'never' : time('expires', expiresAt)}</dd></div>
  <div><dt>Who may push</dt><dd>${id.owner === null ? anybody : html`only <bdi>${id.owner}</bdi>`}</dd></div>
</dl>`;
}

/** Something to push that shows: the first arg with a simple value, and a new value for it. */
function examplePush(args: JsonObject): JsonObject {
  const simple = (value: JsonValue) => ['string', 'number', 'boolean'].includes(typeof value);
  const [key, value] = Object.entries(args).find((entry) => simple(entry[1])) ?? ['message', ''];
  if (typeof value === 'number') return { [key]: value + 1 };
  if (typeof value === 'boolean') return { [key]: !value };
  return { [key]: String(value).startsWith('#') ? '#f472b6' : 'Hello from curl' };
}

function share(base: string, { id, args }: StoredSession, anonymousWrites: boolean): Html {
  const { stream, live } = sessionUrls(base, id);
  // What an owned session is made of is its owner's business, so its args are not even read here.
  const push =
    id.owner === null && anonymousWrites
      ? snippetBlock('push', 'Push args', pushSnippet(base, id, examplePush(JSON.parse(args) as JsonObject)))
      : null;
  return html`<section class="share" aria-labelledby="share-title">
  <h2 id="share-title">Share</h2>
  <div class="snippets">
    ${snippetBlock('image', 'On a page', imageSnippet(base, id))}
    ${snippetBlock('markdown', 'In a README', markdownSnippet(base, id))}
    ${snippetBlock('stream', 'Stream', stream)}
    ${snippetBlock('live', 'Bare page for OBS, screens and frames', live)}
    ${push}
  </div>
</section>`;
}

/**
 * The page of one session. Of an owned one it shows what everybody may see: the picture and its dates.
 *
 * @param anonymousWrites whether whoever looks may push to a public one
 */
export function sessionPage(base: string, session: StoredSession, anonymousWrites: boolean): string {
  const { id } = session;
  return document({
    title: pictureTitle(id),
    description: pictureDescription(id),
    head: pictureHead({ base, id, svg: session.svg }),
    scripts: [LIVE_PICTURE, SESSION_FACTS],
    main: html`<div class="title">
  <h1>${id.owner === null ? null : html`<span class="owner"><bdi>${id.owner}</bdi>/</span>`}<bdi>${id.name}</bdi></h1>
  <p class="state" role="status" data-state>live</p>
</div>
<div class="session">
  ${picture(id, session.svg)}
  ${facts(session, anonymousWrites)}
</div>
${share(base, session, anonymousWrites)}`,
  });
}
