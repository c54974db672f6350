const ACTIVE = new Set(
  (
    'script foreignobject handler listener iframe frame object embed applet audio video source track link meta base ' +
    'form'
  ).split(' '),
);
/** Where such an element stands in an SVG inside a page, an HTML parser leaves the SVG. */
const HTML = new Set(
  (
    'b big blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head hr html i img input li listing ' +
    'math menu nobr noscript ol p plaintext pre ruby s small span strike strong sub sup table template textarea tt u ' +
    'ul var xmp'
  ).split(' '),
);
/** An HTML parser reads HTML inside of these, so nothing but text may stand there. */
const TEXT_ONLY = new Set(['title', 'desc', 'style']);

const MENDS: ReadonlyMap<string, string> = new Map([
  ['script', 'a picture runs no script; push new args to change it, or use CSS animation'],
  ['foreignobject', 'a picture holds no HTML; use <text> and <tspan>'],
  ['img', 'in SVG it is <image href="…"/>'],
]);

/** Why an element may not stand in a picture; null: it may. @param local its name without a prefix */
export function elementProblem(name: string, local: string): string | null {
  const kind = local.toLowerCase();
  const mend = MENDS.get(kind);
  if (ACTIVE.has(kind)) return `<${name}> is not allowed in a picture; ${mend ?? 'remove it'}.`;
  return HTML.has(kind) ? `<${name}> is HTML, not SVG; ${mend ?? 'use an element of SVG'}.` : null;
}

/** Whether the element may hold text alone. */
export const holdsTextOnly = (local: string): boolean => TEXT_ONLY.has(local.toLowerCase());
