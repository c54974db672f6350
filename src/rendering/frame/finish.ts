import { templateError } from '../template-error.ts';
import { withoutBoundary } from './boundary.ts';

const PROLOG = /^\ufeff?\s*/;

/**
 * The frame that a render of a proven template makes.
 *
 * @param maxFrameBytes UTF-8
 * @returns well-formed XML with an `<svg>` root that has its namespace, and nowhere the bytes `--frame`
 * @throws Refusal TEMPLATE_ERROR
 */
export function finishFrame(text: string, maxFrameBytes: number): string {
  const start = PROLOG.exec(text)?.[0].length ?? 0;
  // Halves of surrogate pairs become U+FFFD, as they would in UTF-8.
  const frame = withoutBoundary(text.slice(start).trimEnd().toWellFormed());
  if (frame === null) {
    throw templateError(
      null,
      'The name of an element or attribute has "--frame" in it, which ends a frame; rename it.',
    );
  }
  const bytes = Buffer.byteLength(frame);
  if (bytes <= maxFrameBytes) return frame;
  const limits = { limit: 'frame bytes', used: bytes, allowed: maxFrameBytes };
  throw templateError(null, `The frame has ${bytes} bytes, and ${maxFrameBytes} are allowed; draw less.`, limits);
}
