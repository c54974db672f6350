import type { Position } from '../template-error.ts';
import type { OpenElement, Tag } from './document.ts';
import type { Place } from './piece.ts';

/** Collects what one will not see in a picture, as far as it stands in the template. */
export interface Appearance {
  /** @param isDocument false: the tag is of a macro, and nobody knows where it will stand */
  element(tag: Tag, parent: OpenElement | null, isDocument: boolean): void;
  warnings(): readonly string[];
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MAX_WARNINGS = 10;
/** The browsers' own size for a picture that has none. */
const DEFAULT_SIZE = '300 × 150';
/** Elements that are drawn where they stand. */
const DRAWN = new Set(['a', 'g', 'svg', 'switch', 'text', 'rect', 'circle', 'ellipse', 'line', 'image', 'use']);

export function createAppearance(locate: (place: Place) => Position): Appearance {
  const warnings: string[] = [];
  let canvas: Box | null = null;
  function warn(tag: Tag, words: string): void {
    if (warnings.length === MAX_WARNINGS) return;
    const { lineno, colno } = locate(tag.at);
    warnings.push(`<${tag.name}> ${words} (line ${lineno + 1}, column ${colno + 1})`);
  }
  return {
    element(tag, parent, isDocument) {
      if (!isDocument) return;
      if (parent === null) {
        canvas = canvasOf(tag);
        const isSized = tag.attributes.has('viewBox') || (tag.attributes.has('width') && tag.attributes.has('height'));
        if (!isSized) warn(tag, `has no size, so that browsers choose ${DEFAULT_SIZE}; give it a viewBox`);
        return;
      }
      if (!isPlain(tag, parent)) return;
      if (tag.local === 'text' && ['y', 'dy', 'style', 'class'].every((name) => !tag.attributes.has(name))) {
        warn(tag, 'has no y, so that it stands above the upper edge; give it a y');
      }
      const box = boxOf(tag);
      if (canvas !== null && box !== null && isOutside(box, canvas)) {
        warn(
          tag,
          `stands outside of the picture, which is from ${canvas.left},${canvas.top} to ${canvas.right},${canvas.bottom}`,
        );
      }
    },
    warnings: () => warnings,
  };
}

/** Whether coordinates on the tag are those of the picture. */
function isPlain(tag: Tag, parent: OpenElement): boolean {
  if (parent.transformed || tag.attributes.has('transform') || !DRAWN.has(tag.local)) return false;
  for (let at: OpenElement = parent; at.parent !== null; at = at.parent) {
    if (at.local !== 'g' && at.local !== 'a') return false;
  }
  return true;
}

/** NaN: it is not known, or not in plain numbers. */
function number(tag: Tag, name: string, otherwise: number): number {
  const attribute = tag.attributes.get(name);
  if (attribute === undefined) return otherwise;
  return attribute.always && attribute.text !== null
    ? Number(attribute.text.replace(/px$/, '') || Number.NaN)
    : Number.NaN;
}

function canvasOf(tag: Tag): Box | null {
  const viewBox = tag.attributes.get('viewBox');
  const numbers =
    viewBox === undefined
      ? [0, 0, number(tag, 'width', Number.NaN), number(tag, 'height', Number.NaN)]
      : (viewBox.always ? (viewBox.text ?? '') : '')
          .trim()
          .split(/[\s,]+/)
          .map(Number);
  const [left, top, width, height] = numbers;
  if (left === undefined || top === undefined || width === undefined || height === undefined) return null;
  const box = { left, top, right: left + width, bottom: top + height };
  return Object.values(box).every(Number.isFinite) && width > 0 && height > 0 ? box : null;
}

/** What the element covers at least; null: that is not known. */
function boxOf(tag: Tag): Box | null {
  const at = (name: string, otherwise = 0) => number(tag, name, otherwise);
  const spans: Record<string, () => readonly [number, number, number, number]> = {
    text: () => [at('x'), at('y'), 0, 0],
    rect: () => [at('x'), at('y'), at('width'), at('height')],
    image: () => [at('x'), at('y'), at('width'), at('height')],
    circle: () => [at('cx') - at('r'), at('cy') - at('r'), 2 * at('r'), 2 * at('r')],
    ellipse: () => [at('cx') - at('rx'), at('cy') - at('ry'), 2 * at('rx'), 2 * at('ry')],
  };
  const span = spans[tag.local]?.();
  if (span === undefined || !span.every(Number.isFinite)) return null;
  const [left, top, width, height] = span;
  return { left, top, right: left + width, bottom: top + height };
}

/** A text's anchor and baseline are no edges of it, so a generous margin stays unsaid. */
function isOutside(box: Box, canvas: Box): boolean {
  const margin = box.left === box.right ? Math.min(canvas.right - canvas.left, canvas.bottom - canvas.top) / 4 : 0;
  return (
    box.right < canvas.left - margin ||
    box.left > canvas.right + margin ||
    box.bottom < canvas.top - margin ||
    box.top > canvas.bottom + margin
  );
}
