import type { Refusal } from '../../errors.ts';
import { templateError } from '../template-error.ts';
import { withoutBoundary } from './boundary.ts';
import { type Checked, type CheckPicture, createPictureCheck, PictureProblem, SVG } from './check.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the characters that XML 1.0 forbids.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const PROLOG = /^\ufeff?\s*(?:<\?xml\s[^>]*>)?\s*/;

/** Makes frames of rendered texts. */
export interface FrameFinisher {
  /**
   * @param source the template; if the text is its very words, an error names line and column.
   * @returns well-formed XML with an `<svg>` root that has its namespace, and nowhere the bytes `--frame`
   * @throws Refusal TEMPLATE_ERROR
   */
  finish(text: string, source: string): string;
}

/** @param maxFrameBytes UTF-8 */
export function createFrameFinisher(maxFrameBytes: number): FrameFinisher {
  const checkPicture = createPictureCheck();
  return {
    finish(text, source) {
      const start = PROLOG.exec(text)?.[0].length ?? 0;
      const picture = withXmlCharacters(text.slice(start).trimEnd());
      const { missingNamespaceAt: at } = checked(checkPicture, picture, text === source ? { source, start } : null);
      const named = at === null ? picture : `${picture.slice(0, at)} xmlns="${SVG}"${picture.slice(at)}`;
      const frame = withoutBoundary(named);
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
    },
  };
}

/**
 * Characters that XML 1.0 forbids (section 2.2) become U+FFFD. UTF-8 does so with halves of surrogate pairs, and its
 * decoder yields one flat string: the parser reads one that is still a tree of pieces eight times slower.
 */
function withXmlCharacters(text: string): string {
  const flat = Buffer.from(text).toString();
  return FORBIDDEN.test(flat) ? flat.replace(new RegExp(FORBIDDEN, 'g'), '\ufffd') : flat;
}

function checked(
  checkPicture: CheckPicture,
  picture: string,
  template: { source: string; start: number } | null,
): Checked {
  try {
    return checkPicture(picture);
  } catch (error) {
    if (!(error instanceof PictureProblem)) throw error;
    throw refusal(error, picture, template);
  }
}

function refusal(
  problem: PictureProblem,
  picture: string,
  template: { source: string; start: number } | null,
): Refusal {
  if (template !== null) {
    const before = template.source.slice(0, template.start + problem.offset - 1);
    const lineno = before.split('\n').length - 1;
    return templateError({ lineno, colno: before.length - before.lastIndexOf('\n') - 1 }, problem.message);
  }
  const near = picture.slice(Math.max(0, problem.offset - 60), problem.offset);
  return templateError(null, `${problem.message}${near === '' ? '' : ` In the rendered picture, after: ${near}`}`);
}
