import { formatSessionId, type SessionId } from '../sessions/session-id.ts';
import { document } from './document.ts';
import { type Html, html } from './html.ts';

function noticePage(title: string, words: Html): string {
  return document({
    title: `${title} · realtime-svg`,
    description: title,
    scripts: [],
    main: html`<div class="notice">
  <h1>${title}</h1>
  ${words}
  <p class="actions">
    <a class="button" href="/">Start page</a>
    <a class="button quiet" href="/#start">Make a live image</a>
  </p>
</div>`,
  });
}

/** For paths at which nothing is. */
export function notFoundPage(): string {
  return noticePage(
    'Nothing here',
    html`<p class="lead">There is no page at this address. Perhaps it was mistyped.</p>`,
  );
}

/** @param id null: what stands in the address cannot be a session's name */
export function unknownSessionPage(id: SessionId | null): string {
  if (id === null) {
    const words = html`<p class="lead">A name has 1 to 128 characters, none of them a control character or “/”.</p>`;
    return noticePage('That is no session name', words);
  }
  const words = html`<p class="lead">There is no session <strong class="name"><bdi>${formatSessionId(id)}</bdi></strong>.</p>
  <p>It has expired, or was never made. Names are exact: capital letters and spaces count.</p>`;
  return noticePage('No such session', words);
}

/** For a store that does not answer. */
export function unavailablePage(): string {
  const words = html`<p class="lead">The store does not answer at the moment. Nothing is lost; try again shortly.</p>`;
  return noticePage('Back in a moment', words);
}
