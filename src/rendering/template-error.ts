import { type ErrorDetails, Refusal } from '../errors.ts';

/** Where something stands in a template, counted from 0 as nunjucks counts. */
export interface Position {
  readonly lineno: number;
  readonly colno: number;
}

/** The place alone, for what outlives the tree of a template: a node would hold all that is under it. */
export function positionOf({ lineno, colno }: Position): Position {
  return { lineno, colno };
}

/**
 * The refusal of a template.
 *
 * @param at null: the place in the template is not known.
 * @param message a whole sentence that says what is wrong and how to mend it; the place is added to it.
 */
export function templateError(at: Position | null, message: string, details: ErrorDetails = {}): Refusal {
  // nunjucks gives no place to some of the nodes that it adds.
  if (!Number.isInteger(at?.lineno) || at === null) return new Refusal('TEMPLATE_ERROR', message, details);
  const line = at.lineno + 1;
  const column = at.colno + 1;
  return new Refusal('TEMPLATE_ERROR', `Line ${line}, column ${column}: ${message}`, { line, column, ...details });
}
