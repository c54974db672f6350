/** What a `src` names. */
export interface Address {
  /** How the addresses of its server begin: `https://pictures.example/prefix`. */
  readonly server: string;
  /** `name` or `owner/name` */
  readonly id: string;
  /** The session's own event stream, with the query of `src`; null: nothing in the query needs it. */
  readonly events: string | null;
}

/** Of a picture or a page of a session. The first route counts: `/stream/live/x` is a picture of a user called live. */
const PATH = /^(.*?)\/(?:stream|snapshot|sse|live|session)\/([^/]+(?:\/[^/]+)?)$/;

/** @param src relative to the page. @returns null: no address of a session */
export function addressOf(src: string): Address | null {
  try {
    const { origin, pathname, search, searchParams } = new URL(src, document.baseURI);
    const [, prefix, path] = PATH.exec(pathname) ?? [];
    if (path === undefined) return null;
    const server = origin + prefix;
    const id = path.split('/').map(decodeURIComponent).join('/');
    // The token of a view link is good for one session, and is read where it stands.
    return { server, id, events: searchParams.has('view') ? `${server}/sse/${path}${search}` : null };
  } catch {
    return null;
  }
}
