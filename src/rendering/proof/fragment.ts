import { FRAGMENT_START, join } from './document.ts';
import { pieceOf } from './piece.ts';
import { unboundMessage } from './prefixes.ts';
import { MarkupProblem } from './problem.ts';
import { createRewriting } from './rewriting.ts';
import { scan } from './scan.ts';

/**
 * A piece of markup that was not known when the template was written, held to what is asked of a template.
 *
 * @returns the markup as it may be written between any tags
 * @throws MarkupProblem
 */
export function provenFragment(markup: string): string {
  const data = { typename: 'TemplateData', lineno: 0, colno: 0, value: markup } as const;
  const rewriting = createRewriting();
  const { state, unfinished } = scan(FRAGMENT_START, pieceOf([data]), {
    element: () => {},
    nameless: () => {},
    unwanted: () => {},
    bracket: (place) => rewriting.replace(place, 1, '&gt;'),
    unbound(prefix, offset) {
      throw new MarkupProblem(unboundMessage(prefix), offset);
    },
  });
  if (unfinished !== null) throw new MarkupProblem(`It ends in ${unfinished.where}.`, unfinished.offset);
  if (state.open !== null) throw new MarkupProblem(`<${state.open.name}> is never closed.`, markup.length);
  if (join(state, FRAGMENT_START) === null) throw new MarkupProblem('It ends inside a tag.', markup.length);
  return rewriting.textOf(data);
}
