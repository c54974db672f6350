/** What is harmless in CSS and in XML, by its signs alone. */
export const PLAIN_CSS = /^[-\w#%., \t\r\n]*$/;
const STRING = /"[^"'\\\n<&]*"|'[^"'\\\n<&]*'/g;
const LOCAL_URL = /url\([ \t\n\r]*#[-\w.:]*[ \t\n\r]*\)/gi;
const IN_NAME = /[-\w\u0080-\uffff]/;
/** What may stand in CSS beside names of the functions below: all that neither ends a value nor escapes from it. */
const ALLOWED = /^[-\w#%.,\s+*/!:=\u0080-\uffff()]*$/;
const FUNCTIONS =
  /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|calc|min|max|clamp|var|translate(?:[xyz]|3d)?|rotate(?:[xyz]|3d)?|scale(?:[xyz]|3d)?|skew[xy]?|matrix(?:3d)?|perspective|cubic-bezier|steps|linear|blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia|circle|ellipse|inset|polygon|path|linear-gradient|radial-gradient|conic-gradient|repeat|attr)$/i;

/**
 * What of a value may not stand in CSS; null: nothing. A value can neither end the declaration that it stands in nor call
 * a function that loads something, whatever text stands around it.
 */
export function cssProblem(value: string): string | null {
  if (PLAIN_CSS.test(value)) return null;
  const rest = value.replace(STRING, '').replace(LOCAL_URL, '');
  const odd = ALLOWED.test(rest) ? null : (/[^-\w#%.,\s+*/!:=\u0080-\uffff()]/.exec(rest)?.[0] ?? '');
  if (odd !== null) return `the sign ${JSON.stringify(odd)}`;
  if (/\/\s*\*|\*\s*\/|^\s*[*/]|[*/]\s*$/.test(rest)) return 'the beginning or end of a comment';
  let depth = 0;
  for (const { 0: sign, index } of rest.matchAll(/[()]/g)) {
    depth += sign === '(' ? 1 : -1;
    if (depth < 0) return 'a ")" too many';
    if (sign === ')') continue;
    // Not a regular expression that ends in "$": it would begin anew at each character of a long text.
    let start = index;
    while (start > 0 && IN_NAME.test(rest.charAt(start - 1))) start -= 1;
    const name = rest.slice(start, index);
    const isGroup = name === '' && depth > 1;
    if (!isGroup && !FUNCTIONS.test(name)) return name === '' ? 'a "(" without a function' : `the function "${name}("`;
  }
  return depth === 0 ? null : 'a "(" that is not closed';
}
