import { charge, chargeText, checkDepth, checkText } from './budget.ts';
import type { RenderState } from './render-state.ts';
import { isDict, isList, isSafe, type List, type Value } from './values.ts';

/** A list or text as JavaScript sees it where it wants a primitive value. */
export type Primitive = undefined | null | boolean | number | string;

/**
 * The only way from a value to text.
 * JavaScript's own coercion of a list is exponential on `[x, x]` doubled sixty times.
 */
export function toText(state: RenderState, value: Value, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return `${value}`;
  if (isSafe(value)) return value.text;
  if (isList(value)) return joinList(state, value, ',', depth);
  // A macro, a joiner and a cycler have no text.
  return isDict(value) ? '[object Object]' : '';
}

export function joinList(state: RenderState, list: List, separator: string, depth = 0): string {
  checkDepth(state, depth + 1);
  charge(state, list.length);
  let text = '';
  for (let i = 0; i < list.length; i += 1) {
    if (i > 0) text += separator;
    const item = list[i];
    if (item === undefined || item === null) continue;
    text += toText(state, item, depth + 1);
    checkText(state, text.length);
  }
  chargeText(state, text.length);
  return text;
}

export function toPrimitive(state: RenderState, value: Value): Primitive {
  return typeof value !== 'object' || value === null ? value : toText(state, value);
}

export function toNumber(state: RenderState, value: Value): number {
  if (typeof value === 'number') return value;
  const primitive = toPrimitive(state, value);
  // Reading digits is slow: 250,000 of them take a third of a millisecond.
  if (typeof primitive === 'string') charge(state, primitive.length >> 3);
  return Number(primitive);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\\', '&#92;'],
]);

/** nunjucks' own escaping. */
export function escapeText(text: string): string {
  return /[&"'<>\\]/.test(text) ? text.replace(/[&"'<>\\]/g, (c) => ESCAPES.get(c) as string) : text;
}
