/**
 * How the value of an attribute is read: as `text` by nobody but people, as a `url`, as `css` (presentation attributes,
 * and all that might be one), or as a `name`, which decides what other attributes mean and must be written out.
 */
export type AttributeKind = 'text' | 'url' | 'css' | 'name';

const URLS = new Set('href src srcset ping action formaction poster data background manifest'.split(' '));
const TEXTS =
  /^(?:(?:data|aria)-.*|id|class|lang|role|title|tabindex|name|target|rel|hreflang|type|systemlanguage|label)$/;

/** @param prefix empty: none */
export function attributeKind(prefix: string, local: string): AttributeKind {
  const name = local.toLowerCase();
  if (prefix === 'xmlns' || (prefix === '' && name === 'xmlns')) return 'name';
  if (name === 'attributename') return 'name';
  if (URLS.has(name)) return 'url';
  if (TEXTS.test(name) || (prefix !== '' && prefix !== 'xlink')) return 'text';
  return 'css';
}

/** Why an attribute may not stand on any element; null: it may. */
export function attributeProblem(name: string, prefix: string, local: string): string | null {
  if (local.toLowerCase().startsWith('on')) {
    return `"${name}" is an event handler, and a picture runs no script; remove it.`;
  }
  if (prefix === 'xml' && local === 'base') return '"xml:base" would move every reference elsewhere; remove it.';
  return null;
}

/** What `attributeName` of an animation may not name. */
export function animationProblem(value: string): string | null {
  const animated = value
    .slice(value.indexOf(':') + 1)
    .trim()
    .toLowerCase();
  if (animated !== 'href' && !animated.startsWith('on')) return null;
  return `attributeName="${value}" cannot be animated; only what changes the look can.`;
}
