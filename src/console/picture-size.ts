const ROOT = /<svg\b(?:[^>"']|"[^"]*"|'[^']*')*>/;
const NUMBER = /^\s*(\d*\.?\d+)\s*(?:px)?\s*$/;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

function attribute(root: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(root);
  return match?.[1] ?? match?.[2] ?? null;
}

function positive(text: string | null | undefined): number | null {
  const value = Number(NUMBER.exec(text ?? '')?.[1]);
  return value > 0 && value < 1e5 ? Math.ceil(value) : null;
}

/** `width` and `height` of a picture in pixels, so that a page does not jump when it arrives; null if it names none. */
export function pictureSize(svg: string): PictureSize | null {
  const root = ROOT.exec(svg)?.[0] ?? '';
  const [, , boxWidth, boxHeight] = (attribute(root, 'viewBox') ?? '').trim().split(/[\s,]+/);
  const width = positive(attribute(root, 'width'));
  const height = positive(attribute(root, 'height'));
  const size = width !== null && height !== null ? [width, height] : [positive(boxWidth), positive(boxHeight)];
  const [w = null, h = null] = size;
  return w === null || h === null ? null : { width: w, height: h };
}
