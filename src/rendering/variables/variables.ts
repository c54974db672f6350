import type { JsonValue } from '../../json.ts';
import { parseTemplate } from '../syntax/parse.ts';
import { createDescription } from './description.ts';
import { readExpression } from './expressions.ts';
import { IN_TEXT } from './place.ts';
import { flow, inScope, type MacroShape, type Reading, startReading } from './reading.ts';
import { readBody } from './statements.ts';

export type VariableType = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'color' | 'unknown';

/** What a template reads from its args, at one place in them. */
export interface Variable {
  /** The key; of the elements of a list, what a loop calls one of them, or nothing. */
  readonly name: string;
  /** From the args on: `host.load`, `prices[]` for each element of a list, `prices[].value`. */
  readonly path: string;
  readonly type: VariableType;
  /** What the template itself takes where it is missing; null: nothing. */
  readonly default: JsonValue;
  /** Where it is first read, from 1. */
  readonly line: number;
  readonly column: number;
  /** The members of an object that are read by name. */
  readonly fields: readonly Variable[];
  /** The elements of a list, or the members of an object that is gone through; null: none are read. */
  readonly items: Variable | null;
}

/**
 * The variables that a template reads, with the types that their uses suggest, in the order in which they are first read.
 * Nothing is rendered, so these are guesses: what is only printed may be a number as well as a text.
 *
 * @throws Refusal TEMPLATE_ERROR when it does not parse
 */
export function describeVariables(source: string): readonly Variable[] {
  const { root } = parseTemplate(source);
  const reading = startReading(root);
  readBody(root, reading);
  for (const macro of [...reading.macros.values()].flat()) readMacro(macro, reading);
  const description = createDescription();
  return description.named(
    [...reading.args].map(([name, arg]) => [name, [arg]]),
    { path: null, shapes: new Set(), level: 1 },
  );
}

function readMacro({ node, parameters }: MacroShape, reading: Reading): void {
  reading.place = IN_TEXT;
  inScope(reading, reading.scope, () => {
    for (const [name, parameter] of parameters) reading.scope.names.set(name, parameter);
    reading.scope.names.set('caller', null);
    for (const arg of node.args.children) {
      if (arg.typename !== 'KeywordArgs') continue;
      for (const { key, value } of arg.children) {
        const [otherwise, parameter] = [readExpression(value, reading), parameters.get(key.value)];
        if (otherwise !== null && parameter !== undefined) flow(reading, otherwise, parameter);
      }
    }
    readBody(node.body, reading);
  });
}
