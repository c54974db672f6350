import type { Overrun } from '../overrun.ts';
import { templateError } from '../template-error.ts';
import { withoutBoundary } from './boundary.ts';
import { drawnElements } from './drawn-elements.ts';

const MAX_DRAWN_ELEMENTS = 100_000;

/**
 * The frame that a render of a proven template makes.
 *
 * @param maxFrameBytes UTF-8
 * @returns well-formed XML with an `<svg>` root that has its namespace, and nowhere the bytes `--frame`
 * @throws Refusal TEMPLATE_ERROR
 */
export function finishFrame(text: string, maxFrameBytes: number): string {
  // Halves of surrogate pairs become U+FFFD, as they would in UTF-8.
  const frame = withoutBoundary(text.trim().toWellFormed());
  if (frame === null) {
    throw templateError(
      null,
      'The name of an element or attribute has "--frame" in it, which ends a frame; rename it.',
    );
  }
  const drawn = drawnElements(frame);
  if (drawn > MAX_DRAWN_ELEMENTS) {
    const used = Number.isFinite(drawn) ? drawn : null;
    const limits = { limit: 'drawn elements', used, allowed: MAX_DRAWN_ELEMENTS } satisfies Overrun;
    const message = `Browsers would draw ${drawn} elements for this picture, and ${MAX_DRAWN_ELEMENTS} are allowed; let fewer refer to one another.`;
    throw templateError(null, message, limits);
  }
  const bytes = Buffer.byteLength(frame);
  if (bytes <= maxFrameBytes) return frame;
  const limits = { limit: 'frame bytes', used: bytes, allowed: maxFrameBytes } satisfies Overrun;
  throw templateError(null, `The frame has ${bytes} bytes, and ${maxFrameBytes} are allowed; draw less.`, limits);
}
