/** The bytes that end a part of a multipart stream, wherever they stand. */
const BOUNDARY = '--frame';
const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^"'>]+|"[^"]*"|'[^']*')*>|[^<]+/g;

/**
 * Writes `--frame` in other bytes of the same meaning. Names cannot be written otherwise.
 *
 * @param text well-formed XML
 * @returns null: a name contains it.
 */
export function withoutBoundary(text: string): string | null {
  if (!text.includes(BOUNDARY)) return text;
  let result = '';
  for (const [part] of text.matchAll(MARKUP)) {
    const written = part.includes(BOUNDARY) ? rewritten(part) : part;
    if (written === null) return null;
    result += written;
  }
  return result;
}

function rewritten(part: string): string | null {
  // Inside a comment two hyphens are ill-formed, so this can only be its opening.
  if (part.startsWith('<!--')) return `<!-- ${part.slice(4)}`;
  if (part.startsWith('<![CDATA[')) return part.replaceAll(BOUNDARY, '-]]><![CDATA[-frame');
  if (!part.startsWith('<')) return part.replaceAll(BOUNDARY, '-&#45;frame');
  const tag = part.replace(/"[^"]*"|'[^']*'/g, (value) => value.replaceAll(BOUNDARY, '-&#45;frame'));
  return tag.includes(BOUNDARY) ? null : tag;
}
