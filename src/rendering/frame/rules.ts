import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { styleProblem } from './style.ts';

const HTML = 'http://www.w3.org/1999/xhtml';
const MATHML = 'http://www.w3.org/1998/Math/MathML';

const ACTIVE_ELEMENTS = new Set(
  (
    'script foreignobject handler listener iframe frame object embed applet audio video source track link meta base ' +
    'form'
  ).split(' '),
);
/** Where such an element stands in an SVG inside a page, an HTML parser leaves the SVG. */
const HTML_ELEMENTS = new Set(
  (
    'b big blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head hr html i img input li listing ' +
    'math menu nobr noscript ol p plaintext pre ruby s small span strike strong sub sup table template textarea tt u ' +
    'ul var xmp'
  ).split(' '),
);
const URL_ATTRIBUTES = new Set('href src srcset ping action formaction poster data background manifest'.split(' '));
const WEB_URL = /^https?:\/\//i;
const LOCAL_URL = /^(?:$|#|data:image\/(?:png|jpeg|gif|webp|avif);base64,)/i;
/** Attributes whose value no browser reads as CSS. */
const NO_STYLE = /^(?:data-|aria-|id$|class$|lang$|role$|title$)/;

/** Why an element may not stand in a picture; null: it may. */
export function elementProblem(tag: SaxesTagNS): string | null {
  const name = tag.local.toLowerCase();
  if (ACTIVE_ELEMENTS.has(name)) return `<${tag.name}> is not allowed in a picture`;
  if (HTML_ELEMENTS.has(name) || tag.uri === HTML || tag.uri === MATHML) return `<${tag.name}> is not SVG`;
  for (const key in tag.attributes) {
    const problem = attributeProblem(name, tag.attributes[key] as SaxesAttributeNS);
    if (problem !== null) return `<${tag.name}> has ${problem}`;
  }
  return null;
}

function attributeProblem(element: string, { name, prefix, local, value }: SaxesAttributeNS): string | null {
  const attribute = local.toLowerCase();
  if (attribute.startsWith('on')) return `the event handler "${name}", and a picture runs no script`;
  if (prefix === 'xml' && attribute === 'base') return '"xml:base", which moves every reference elsewhere';
  if (URL_ATTRIBUTES.has(attribute) && prefix !== 'xmlns') {
    const url = value.trim();
    if (LOCAL_URL.test(url) || (element === 'a' && attribute === 'href' && WEB_URL.test(url))) return null;
    const allowed = element === 'a' ? 'https://… or #…' : '#… or data:image/…;base64,…';
    return `${name}="${url.slice(0, 40)}"; allowed is ${allowed}`;
  }
  if (attribute === 'attributename') {
    const animated = value
      .slice(value.indexOf(':') + 1)
      .trim()
      .toLowerCase();
    return animated === 'href' || animated.startsWith('on') ? `${name}="${value}", which cannot be animated` : null;
  }
  if ((attribute === 'style' || value.includes('(')) && !NO_STYLE.test(attribute)) {
    const problem = styleProblem(value);
    if (problem !== null) return `${problem} in "${name}"; a picture loads nothing from elsewhere`;
  }
  return null;
}
