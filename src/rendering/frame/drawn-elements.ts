import { decoded } from '../proof/entities.ts';

/** Elements with an id can be drawn again from elsewhere, with all that is in them. */
interface Drawable {
  elements: number;
  /** Ids of what is drawn with it, as often as it is. */
  readonly references: string[];
  readonly inside: Drawable[];
  cost: number | 'open' | null;
}

const FEW_REFERENCES = 12;
const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([^\s"'<>/]+)((?:[^"'<>]|"[^"]*"|'[^']*')*?)(\/?)>/g;
const ATTRIBUTE = /([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const TARGET = /url\(\s*["']?\s*#([^"')\s]*)/g;

const drawable = (): Drawable => ({ elements: 0, references: [], inside: [], cost: null });

/**
 * How many elements a browser draws for a picture, at least, counted through `<use>` and `url(#…)`: twenty of them that
 * refer to one another are enough for a million. Few references cannot multiply to much, and are not looked at.
 *
 * @param svg a well-formed picture
 */
export function drawnElements(svg: string): number {
  if (occurrences(svg, 'use') + occurrences(svg, 'url(') <= FEW_REFERENCES) return 0;
  const root = drawable();
  const byId = new Map<string, Drawable>();
  // A style sheet can give its references to any element.
  const styled = Array.from(stylesOf(svg).matchAll(TARGET), ([, id = '']) => id);
  const open: Drawable[] = [root];
  for (const [, closing, name = '', attributes = '', empty] of svg.matchAll(MARKUP)) {
    if (name === '') continue;
    if (closing === '/') {
      open.pop();
      continue;
    }
    const around = open.at(-1) as Drawable;
    const { id, references } = read(name, attributes);
    const own = id === null || open.length === 1 ? around : drawable();
    if (own !== around) {
      around.inside.push(own);
      byId.set(id as string, own);
    }
    own.elements += 1;
    own.references.push(...references, ...styled);
    if (empty !== '/') open.push(own);
  }
  return costOf(root, byId);
}

/** At least as many as there are references by that word; none of a text is looked at twice, and most not at all. */
function occurrences(svg: string, word: string): number {
  let count = 0;
  for (let at = svg.indexOf(word); at >= 0 && count <= FEW_REFERENCES; at = svg.indexOf(word, at + 1)) count += 1;
  return count;
}

const stylesOf = (svg: string): string => svg.match(/<style[\s\S]*?<\/style/g)?.join() ?? '';

function read(name: string, attributes: string): { readonly id: string | null; readonly references: string[] } {
  const isUse = /(?:^|:)use$/.test(name);
  const references: string[] = [];
  let id: string | null = null;
  for (const [, attribute = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = decoded(double ?? single ?? '');
    if (attribute === 'id') id = value;
    else if (isUse && /(?:^|:)href$/.test(attribute)) references.push(value.trim().slice(1));
    else if (value.includes('url('))
      references.push(...Array.from(value.matchAll(TARGET), ([, target = '']) => target));
  }
  return { id, references };
}

function costOf(part: Drawable, byId: ReadonlyMap<string, Drawable>): number {
  // Browsers do not follow a reference to what is being drawn already.
  if (part.cost === 'open') return 0;
  if (part.cost !== null) return part.cost;
  part.cost = 'open';
  let cost = part.elements;
  for (const inner of part.inside) cost += costOf(inner, byId);
  for (const id of part.references) {
    const target = byId.get(id);
    if (target !== undefined) cost += costOf(target, byId);
  }
  part.cost = cost;
  return cost;
}
