import type { HoleKind } from '../holes/hole-kind.ts';
import type { Template } from '../syntax/allow.ts';
import type { Expression, TemplateData } from '../syntax/ast.ts';
import { type Position, templateError } from '../template-error.ts';
import { createAppearance } from './appearance.ts';
import { DOCUMENT_START, type DocumentState } from './document.ts';
import { followPaths } from './paths.ts';
import { locate, type Piece } from './piece.ts';
import { unboundMessage } from './prefixes.ts';
import { MarkupProblem } from './problem.ts';
import { createRewriting } from './rewriting.ts';
import { scan } from './scan.ts';
import { SVG_NAMESPACE } from './tags.ts';

/** What is known of a template whose every render is a picture. */
export interface Proof {
  kindOf(hole: Expression): HoleKind;
  /** The template's text as it is to be written. */
  textOf(data: TemplateData): string;
  /** What one will not see in the picture, with line and column. */
  readonly warnings: readonly string[];
}

/**
 * Proves that whatever a template renders is a well-formed picture without script and without references to elsewhere,
 * by reading its text once along all its branches, as Go's html/template and Closure's autoescaping do for HTML.
 *
 * @throws Refusal TEMPLATE_ERROR with line, column and the mend
 */
export function provePicture({ root }: Template, source: string): Proof {
  const kinds = new Map<Expression, HoleKind>();
  const rewriting = createRewriting();
  const appearance = createAppearance((place) => locate(source, place));
  /** Prefixes that macros use: where those will stand, the root alone is around them for certain. */
  const usedByMacros: { readonly prefix: string; readonly at: Position }[] = [];
  /** One in each branch that has a root. */
  const roots: string[][] = [];

  function refuse(piece: Piece, problem: MarkupProblem): never {
    throw templateError(locate(source, piece.placeAt(problem.offset)), problem.message);
  }

  function read(state: DocumentState, piece: Piece) {
    try {
      return scan(state, piece, {
        element(tag, parent) {
          appearance.element(tag, parent, state.isDocument);
          if (!state.isDocument || parent !== null) return;
          roots.push([...tag.attributes.keys()]);
        },
        nameless: (place) => rewriting.replace(place, 0, ` xmlns="${SVG_NAMESPACE}"`),
        unwanted: (place, length) => rewriting.replace(place, length, ''),
        bracket: (place) => rewriting.replace(place, 1, '&gt;'),
        unbound: (prefix, offset) => usedByMacros.push({ prefix, at: locate(source, piece.placeAt(offset)) }),
      });
    } catch (problem) {
      if (problem instanceof MarkupProblem) return refuse(piece, problem);
      throw problem;
    }
  }

  const hole = (node: Expression, kind: HoleKind) => kinds.set(node, kind);
  const end = followPaths({ read, refuse, hole }, root.children, DOCUMENT_START);
  const isWhole = end?.mode === 'after';
  if (!isWhole) throw templateError(...unended(source, end));
  const unbound = usedByMacros.find(({ prefix }) => roots.some((names) => !names.includes(`xmlns:${prefix}`)));
  if (unbound !== undefined) throw templateError(unbound.at, unboundMessage(unbound.prefix));
  return {
    kindOf: (node) => kinds.get(node) ?? 'plain',
    textOf: rewriting.textOf,
    warnings: appearance.warnings(),
  };
}

function unended(source: string, end: DocumentState | null): [Position, string] {
  if (end?.tag) return [locate(source, end.tag.at), `The tag <${end.tag.name}> is never ended; add ">".`];
  if (end?.open) return [locate(source, end.open.at), `<${end.open.name}> is never closed; add </${end.open.name}>.`];
  return [{ lineno: 0, colno: 0 }, 'There is no <svg> element; the template must yield one.'];
}
