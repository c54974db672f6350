import { addressOf, idPath, splitId } from '../session-address.ts';

type Args = Readonly<Record<string, unknown>>;

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function attributeEscaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES.get(character) ?? '');
}

/** A text between single quotes in a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What Markdown would take for its own. */
function markdownEscaped(text: string): string {
  return text.replace(/[\\`*_[\]<>&!]/g, String.raw`\$&`);
}

export function imageSnippet(base: string, id: string): string {
  return linkSnippet(addressOf(id, base).stream, id);
}

/** @param url of the stream, as a view link has it */
export function linkSnippet(url: string, id: string): string {
  return `<img src="${attributeEscaped(url)}" alt="${attributeEscaped(id)}">`;
}

/** READMEs get the snapshot: their image proxies refuse streams. */
export function markdownSnippet(base: string, id: string): string {
  const { snapshot, page } = addressOf(id, base);
  return `[![${markdownEscaped(id)}](${snapshot})](${page})`;
}

/** A JSON string is a GraphQL string too (GraphQL, section 2.9.4). */
export function subscriptionSnippet(id: string): string {
  return `subscription {\n  frames(sessionId: ${JSON.stringify(id)}) {\n    version\n    svg\n  }\n}`;
}

/** Merges these args into a session's. An owned one needs its owner's API key, in the variable `KEY`. */
export function pushSnippet(base: string, id: string, args: Args): string {
  const { owner } = splitId(id);
  const [user, name] = idPath(id).split('/');
  const path = owner === null ? `/api/session/${user}` : `/api/user/${user}/session/${name}`;
  const lines = [
    `curl -X PATCH ${shellQuoted(base + path)}`,
    ...(owner === null ? [] : ['-H "Authorization: Bearer $KEY"']),
    "-H 'Content-Type: application/json'",
    `-d ${shellQuoted(JSON.stringify({ args }))}`,
  ];
  return lines.join(' \\\n  ');
}

/** Something to push that shows: the first arg with a simple value, and a new value for it. */
export function examplePush(args: Args): Args {
  const simple = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  const [key, value] = Object.entries(args).find((entry) => simple(entry[1])) ?? ['message', ''];
  // Computed keys are the object's own, `__proto__` too.
  if (typeof value === 'number') return { [key]: value + 1 };
  if (typeof value === 'boolean') return { [key]: !value };
  return { [key]: String(value).startsWith('#') ? '#f472b6' : 'Hello from curl' };
}
