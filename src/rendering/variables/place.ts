import type { Use } from './shape.ts';

/** Where in the picture the template writes. */
export interface Place {
  readonly inside: 'text' | 'tag' | 'value' | 'comment';
  readonly element: string;
  readonly attribute: string;
  readonly quote: string;
  /** The last of what stands before, since the value or the text began. */
  readonly before: string;
}

export const IN_TEXT: Place = { inside: 'text', element: '', attribute: '', quote: '', before: '' };

/** Stands for a value that was written: what follows is no longer at the beginning. */
export const WRITTEN = '0';

const KEPT = 200;
const LONGEST_NAME = 50;
const COLORS = new Set(['fill', 'stroke', 'stop-color', 'flood-color', 'lighting-color', 'color']);
const NUMBERS = new Set([
  ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'fr', 'dx', 'dy', 'width', 'height'],
  ...['opacity', 'fill-opacity', 'stroke-opacity', 'stop-opacity', 'flood-opacity', 'offset', 'startOffset'],
  ...['stroke-width', 'stroke-dashoffset', 'stroke-miterlimit', 'font-size', 'letter-spacing', 'word-spacing'],
  ...['textLength', 'pathLength', 'stdDeviation', 'refX', 'refY', 'markerWidth', 'markerHeight'],
]);
/** Attributes of many numbers: one value alone is all of it, a value among others is a number. */
const NUMBER_LISTS = new Set(['d', 'points', 'transform', 'viewBox', 'stroke-dasharray', 'values', 'keyTimes']);
const DECLARATION = /(?:^|[;{\s])([\w-]+)\s*:\s*([^;{}:]*)$/;

/** The place behind a piece of template text. */
export function advance(place: Place, text: string): Place {
  let at = place;
  for (let i = 0; i < text.length; ) {
    const [next, end] = step(at, text, i);
    at = next;
    i = end;
  }
  return at;
}

function step(place: Place, text: string, start: number): readonly [Place, number] {
  switch (place.inside) {
    case 'text': {
      const end = text.indexOf('<', start);
      if (end === -1) return [keep(place, text.slice(start)), text.length];
      if (text.startsWith('<!--', end)) return [{ ...IN_TEXT, inside: 'comment' }, end + 4];
      const [, element = ''] = /^<([^\s/>]*)/.exec(text.slice(end, end + 50)) ?? [];
      return [{ ...IN_TEXT, inside: 'tag', element }, end + 1];
    }
    case 'comment': {
      const end = text.indexOf('-->', start);
      return end === -1 ? [place, text.length] : [IN_TEXT, end + 3];
    }
    case 'value': {
      const end = text.indexOf(place.quote, start);
      if (end === -1) return [keep(place, text.slice(start)), text.length];
      return [{ ...place, inside: 'tag', before: '' }, end + 1];
    }
    case 'tag': {
      const next = /["'>]/g;
      next.lastIndex = start;
      const [mark = null] = next.exec(text) ?? [];
      if (mark === null) return [place, text.length];
      if (mark === '>') return [{ ...place, inside: 'text', before: '' }, next.lastIndex];
      // Only so far back: a name may be as long as the template, and would be gone through from each of its letters.
      const before = text.slice(Math.max(start, next.lastIndex - LONGEST_NAME), next.lastIndex - 1);
      const [, attribute = ''] = /([^\s=/]+)\s*=\s*$/.exec(before) ?? [];
      return [{ ...place, inside: 'value', attribute, quote: mark, before: '' }, next.lastIndex];
    }
  }
}

const keep = (place: Place, text: string): Place => ({ ...place, before: (place.before + text).slice(-KEPT) });

/** What a value is for that is written there. */
export function useAt({ inside, element, attribute, before }: Place): Use {
  const isCss = inside === 'value' ? attribute === 'style' : element === 'style';
  if (!isCss && inside !== 'value') return 'printed';
  const [, property = '', written = ''] = isCss ? (DECLARATION.exec(before) ?? []) : ['', attribute, before];
  const isFirst = written.trim() === '';
  if (COLORS.has(property)) {
    if (isFirst) return 'color';
    return /(?:rgb|hsl)a?\([^)]*$/.test(written) ? 'number' : 'printed';
  }
  return NUMBERS.has(property) || (NUMBER_LISTS.has(property) && !isFirst) ? 'number' : 'printed';
}
