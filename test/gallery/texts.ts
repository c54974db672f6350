import type { Page } from 'playwright-core';
import type { PNG } from 'pngjs';
import { type Pixel, pixelAt } from './drawing.ts';

/** A run of text that a page shows, in pixels of the page. */
export interface ShownText {
  readonly words: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: string;
  readonly opacity: number;
  readonly size: number;
  readonly weight: number;
}

/** Runs of text in the page's picture, but for those above and below the edges of an inner <svg>, which clips. */
export async function shownTexts(page: Page): Promise<readonly ShownText[]> {
  return page.evaluate<ShownText[]>(`(() => {
    const walker = document.createTreeWalker(document.querySelector('body > svg'), NodeFilter.SHOW_TEXT);
    const shown = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || element.closest('text') === null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      // A range knows nothing of textLength.
      const { left, top, right, bottom } = (element.childNodes.length === 1 ? element : range).getBoundingClientRect();
      const clip = element.closest('svg svg');
      if (clip !== null) {
        const edge = clip.parentElement.getScreenCTM().f + clip.y.baseVal.value;
        const middle = (top + bottom) / 2;
        if (middle < edge || middle > edge + clip.height.baseVal.value) continue;
      }
      const { fill, fontSize, fontWeight, fillOpacity } = getComputedStyle(element);
      let opacity = Number(fillOpacity);
      for (let each = element; each; each = each.parentElement) opacity *= Number(getComputedStyle(each).opacity);
      const words = node.data.trim();
      shown.push({
        words, left, top, right, bottom, fill, opacity,
        size: Number.parseFloat(fontSize), weight: Number(fontWeight),
      });
    }
    return shown;
  })()`);
}

/** WCAG 2.2, 1.4.3: what the contrast of a text must be, by its size in CSS pixels. */
export const contrastWanted = ({ size, weight }: ShownText) =>
  size >= 24 || (size >= 18.66 && weight >= 700) ? 3 : 4.5;

/** WCAG 2.2's contrast ratio of a text to what lies behind it, where that is worst. */
export function contrastOf(text: ShownText, shapes: PNG): number {
  const [red = 0, green = 0, blue = 0] = (text.fill.match(/[\d.]+/g) ?? []).map(Number);
  const y = (text.top + text.bottom) / 2;
  const ratios = Array.from({ length: 9 }, (_, i) => {
    const behind = pixelAt(shapes, text.left + ((text.right - text.left) * (i + 0.5)) / 9, y);
    const mixed = [red, green, blue].map((part, at) => part * text.opacity + (behind[at] ?? 0) * (1 - text.opacity));
    const [dark = 0, bright = 0] = [luminance(mixed), luminance(behind)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
  return Math.min(...ratios);
}

function luminance([red = 0, green = 0, blue = 0]: readonly number[] | Pixel): number {
  const linear = (part: number) => (part <= 10.31 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Texts that stand upon each other. A line's box is higher than its letters. */
export function collisions(texts: readonly ShownText[]): readonly string[] {
  const middle = ({ top, bottom }: ShownText) => (top + bottom) / 2;
  return texts.flatMap((one, at) =>
    texts
      .slice(at + 1)
      .filter((other) => {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const apart = Math.abs(middle(one) - middle(other));
        return across > 1 && apart < (one.size + other.size) * 0.4;
      })
      .map((other) => `${one.words} / ${other.words}`),
  );
}
