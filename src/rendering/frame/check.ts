import { SaxesParser, type SaxesTagNS } from 'saxes';
import { elementProblem } from './rules.ts';
import { styleProblem } from './style.ts';

export const SVG = 'http://www.w3.org/2000/svg';

const OPTIONS = { xmlns: true, position: false } as const;

export interface Checked {
  /** Where to write an `xmlns` that the root lacks; null: it has one. */
  readonly missingNamespaceAt: number | null;
}

/** What is wrong with a text, and the offset where the parser noticed it. */
export class PictureProblem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Proves that a text is a picture: well-formed XML with namespaces bound and an `<svg>` root, without script, event
 * handlers, references to elsewhere, DOCTYPE and processing instructions; also where an HTML parser reads it inline.
 *
 * @throws PictureProblem
 */
export type CheckPicture = (text: string) => Checked;

export function createPictureCheck(): CheckPicture {
  // Handlers on the prototype: as properties of the parser itself they make it a dictionary, five times slower.
  class PictureParser extends SaxesParser<typeof OPTIONS> {}
  const handlers = PictureParser.prototype as SaxesParser<typeof OPTIONS>;
  // Making a parser costs as much as reading a small picture, so it is kept until a problem leaves it half-way.
  let parser = new PictureParser(OPTIONS);
  const fail = (message: string): never => {
    throw new PictureProblem(message, parser.position);
  };
  let missingNamespaceAt: number | null = null;
  let depth = 0;
  let nameEnd = 0;
  /** Text of the `<style>` under way; null: none. */
  let style: string | null = null;
  /** The depth of a `<title>` or `<desc>` under way; 0: none. An HTML parser reads HTML inside. */
  let htmlFrom = 0;

  handlers.on('error', ({ message }) => fail(explain(message)));
  handlers.on('doctype', () => fail('A DOCTYPE is not allowed; remove it.'));
  handlers.on('processinginstruction', ({ target }) => fail(`A processing instruction is not allowed: <?${target}.`));
  handlers.on('comment', (comment) => {
    if (/^-?>/.test(comment)) fail('A comment may not begin with ">".');
    if (htmlFrom > 0 || (style !== null && comment.includes('<'))) fail('This comment may not stand here; remove it.');
  });
  handlers.on('opentagstart', () => {
    if (depth === 0) nameEnd = parser.position - 1;
  });
  handlers.on('opentag', (tag: SaxesTagNS) => {
    if (depth === 0 && checkRoot(tag, fail)) missingNamespaceAt = nameEnd;
    depth += 1;
    const problem = elementProblem(tag);
    if (problem !== null) fail(`${problem}.`);
    if (htmlFrom > 0 || style !== null) fail(`<${tag.name}> may not stand inside a title, desc or style.`);
    if (tag.local === 'style') style = '';
    else if (tag.local === 'title' || tag.local === 'desc') htmlFrom = depth;
  });
  handlers.on('text', (content) => {
    if (style !== null) style += content;
  });
  handlers.on('cdata', (content) => {
    if (htmlFrom > 0) fail('A CDATA section may not stand inside a title or desc.');
    if (style !== null) style += content;
  });
  handlers.on('closetag', () => {
    if (style !== null) {
      const found = style.includes('<') ? '"<"' : styleProblem(style);
      if (found !== null) fail(`The style has ${found}; a picture loads nothing from elsewhere.`);
      style = null;
    }
    if (htmlFrom === depth) htmlFrom = 0;
    depth -= 1;
  });
  return (text) => {
    missingNamespaceAt = null;
    depth = 0;
    style = null;
    htmlFrom = 0;
    try {
      parser.write(text).close();
      return { missingNamespaceAt };
    } catch (error) {
      parser = new PictureParser(OPTIONS);
      throw error;
    }
  };
}

/** @returns whether the root lacks its namespace */
function checkRoot(tag: SaxesTagNS, fail: (message: string) => never): boolean {
  if (tag.local !== 'svg') fail(`The root element is <${tag.name}>; it must be <svg>.`);
  if (tag.uri === SVG) return false;
  if (tag.prefix === '' && !Object.hasOwn(tag.attributes, 'xmlns')) return true;
  return fail(`The root <${tag.name}> is in the namespace "${tag.uri}"; it must be "${SVG}".`);
}

function explain(message: string): string {
  const prefix = /unbound namespace prefix: "?([^".]*)/.exec(message)?.[1];
  if (prefix === 'xlink') {
    return 'The prefix "xlink" is not declared; add xmlns:xlink="http://www.w3.org/1999/xlink" to the root.';
  }
  if (prefix !== undefined) return `The prefix "${prefix}" is not declared; add xmlns:${prefix}="…" to the root.`;
  if (/root element/.test(message)) return 'There is no <svg> element; the template must yield one.';
  return `It is not well-formed XML: ${message.replace(/\.?$/, '.')}`;
}
