import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { judgeCss } from './judge-css.ts';

const SVG = 'http://www.w3.org/2000/svg';
const FOREIGN = new Set(['http://www.w3.org/1999/xhtml', 'http://www.w3.org/1998/Math/MathML']);
/** Elements of SVG 2 that neither run nor embed anything. */
const SVG_ELEMENTS = new Set(
  (
    'a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix ' +
    'feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
    'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset ' +
    'fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask ' +
    'metadata mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text textPath ' +
    'title tspan use view'
  ).split(' '),
);
/** By its local name alone: an HTML parser that reads the picture inline knows no namespaces. */
const NOT_SVG = new Set(
  (
    'script foreignobject handler listener discard iframe frame frameset noframes object embed applet param audio video ' +
    'source track canvas link meta base basefont bgsound form input button select option optgroup textarea keygen ' +
    'b big blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head hr html i img li listing math menu ' +
    'nobr noscript noembed ol p picture plaintext portal pre ruby s small span strike strong sub sup table tbody td tfoot ' +
    'th thead tr template tt u ul var xmp annotation-xml mglyph malignmark mtext mi mo mn ms isindex dialog details ' +
    'fencedframe marquee slot summary svg:script'
  ).split(' '),
);
const LOADING_ATTRIBUTES = new Set(
  'href src srcset srcdoc action formaction data poster background manifest codebase ping cite longdesc lowsrc'.split(
    ' ',
  ),
);
const LOCAL = /^(?:$|#|data:(?:image\/(?:png|jpeg|gif|webp|avif)|font\/(?:woff2?|ttf|otf));base64,)/i;
const WEB = /^https?:\/\//i;
/** Those that browsers parse as CSS; `to` and its like hold values for them. */
const CSS_ATTRIBUTES = new Set(
  (
    'style fill stroke filter mask clip-path marker marker-start marker-mid marker-end cursor color stop-color ' +
    'flood-color lighting-color font-family font transform d x y width height r cx cy rx ry opacity to from by values ' +
    'mask-image background content list-style'
  ).split(' '),
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/**
 * What is wrong with a frame, each in words: whether it is well-formed XML with an SVG root that runs nothing and loads
 * nothing, also where an HTML parser reads it inline. It shares no rule with the engine.
 */
export function judgePicture(svg: string): readonly string[] {
  const faults: string[] = [];
  if (svg.includes('--frame')) faults.push('the bytes --frame');
  if (FORBIDDEN.test(svg) || !svg.isWellFormed()) faults.push('a character that XML forbids');
  if (!svg.startsWith('<')) faults.push('something in front of the first tag');
  if (/<!DOCTYPE|<!ENTITY/i.test(svg.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, '')))
    faults.push('a DOCTYPE');

  const open: SaxesTagNS[] = [];
  let style = '';
  const within = (...names: string[]) => open.some(({ local }) => names.includes(local.toLowerCase()));
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('processinginstruction', ({ target }) => faults.push(`a processing instruction ${target}`));
  parser.on('xmldecl', () => faults.push('an XML declaration'));
  parser.on('comment', (comment) => {
    if (/^-?>/.test(comment)) faults.push('a comment that ends at once in HTML');
    if (within('title', 'desc') || (within('style') && comment.includes('<')))
      faults.push('a comment where HTML has none');
  });
  parser.on('cdata', (content) => {
    if (within('title', 'desc')) faults.push('CDATA where HTML has none');
    if (within('style')) style += content;
  });
  parser.on('text', (content) => {
    if (within('style')) style += content;
  });
  parser.on('opentag', (tag) => {
    if (open.length === 0 && (tag.local !== 'svg' || tag.uri !== SVG))
      faults.push(`the root <${tag.name}> of "${tag.uri}"`);
    faults.push(...judgeElement(tag).map((fault) => `${fault} at <${tag.name}>`));
    if (within('title', 'desc', 'style')) faults.push(`<${tag.name}> inside a title, desc or style`);
    open.push(tag);
    if (tag.local === 'style') style = '';
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed?.local.toLowerCase() !== 'style') return;
    if (style.includes('<')) faults.push('"<" in a style');
    faults.push(...judgeCss(style, true));
  });
  try {
    parser.write(svg).close();
  } catch (error) {
    faults.push(`not well-formed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return faults;
}

function judgeElement(tag: SaxesTagNS): readonly string[] {
  const local = tag.local.toLowerCase();
  const attributes = Object.values(tag.attributes);
  const isKnown = SVG_ELEMENTS.has(tag.local);
  const isForeign = FOREIGN.has(tag.uri) || NOT_SVG.has(local);
  return [
    ...(isForeign && !isKnown ? [`the element ${tag.name}`] : []),
    ...(FOREIGN.has(tag.uri) ? [`the namespace ${tag.uri}`] : []),
    ...attributes.flatMap((attribute) => judgeAttribute(local, attribute)),
  ];
}

function judgeAttribute(element: string, { name, prefix, local, value }: SaxesAttributeNS): readonly string[] {
  const attribute = local.toLowerCase();
  if (prefix === 'xmlns' || name === 'xmlns') return FOREIGN.has(value) ? [`${name}="${value}"`] : [];
  if (attribute.startsWith('on')) return [`the handler ${name}`];
  if (name.toLowerCase() === 'xml:base') return ['xml:base'];
  if (LOADING_ATTRIBUTES.has(attribute)) {
    // As a browser's URL parser reads it: https://url.spec.whatwg.org/#concept-basic-url-parser, steps 1 and 3.
    const url = value.replace(/^[\0-\x20]+/, '').replaceAll(/[\t\n\r]/g, '');
    const allowed = LOCAL.test(url) || (element === 'a' && attribute === 'href' && WEB.test(url));
    return allowed ? [] : [`${name}="${url.slice(0, 60)}"`];
  }
  if (attribute === 'attributename') {
    const animated = value
      .slice(value.indexOf(':') + 1)
      .trim()
      .toLowerCase();
    return /^(?:on|href$|src$|base$)/.test(animated) ? [`an animated ${value}`] : [];
  }
  if (!CSS_ATTRIBUTES.has(attribute)) return [];
  return judgeCss(value, false).map((fault) => `${fault} in ${name}`);
}
