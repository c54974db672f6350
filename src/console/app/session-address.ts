/** A session id taken apart: `name` (public) or `owner/name`. */
export interface SessionName {
  readonly owner: string | null;
  readonly name: string;
}

export function splitId(id: string): SessionName {
  const slash = id.indexOf('/');
  return slash === -1 ? { owner: null, name: id } : { owner: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** Whether a session can be called so: as the server reads it, 1 to 128 code points after trimming. */
export function isName(text: string): boolean {
  const name = text.trim().normalize('NFC');
  return name !== '' && [...name].length <= 128 && !/[\p{Cc}/]/u.test(name) && name !== '.' && name !== '..';
}

/**
 * The id as a path that can be pasted anywhere: encodeURIComponent leaves characters that end a URL in Markdown or a
 * string in a shell.
 */
export function idPath(id: string): string {
  return id
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}

export interface SessionAddress {
  readonly stream: string;
  readonly snapshot: string;
  readonly page: string;
  readonly edit: string;
  readonly live: string;
}

/** Where a session is found. @param base `http://127.0.0.1:3000`, or empty for addresses on the same host */
export function addressOf(id: string, base = ''): SessionAddress {
  const path = idPath(id);
  return {
    stream: `${base}/stream/${path}`,
    snapshot: `${base}/snapshot/${path}`,
    page: `${base}/session/${path}`,
    edit: `${base}/edit/${path}`,
    live: `${base}/live/${path}`,
  };
}
