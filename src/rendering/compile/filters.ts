import { type Filter, formOf } from '../filters/filter.ts';
import { FILTERS } from '../filters/filters.ts';
import type { Value } from '../runtime/values.ts';
import type { Filter as FilterNode } from '../syntax/ast.ts';
import { type Position, positionOf } from '../template-error.ts';
import { keywordsOf, positionalOf } from './calls.ts';
import { compileAll, compileExpression } from './expressions.ts';
import type { Evaluate, Scope } from './scope.ts';

const nothing: Evaluate = () => undefined;

export function compileFilter(node: FilterNode, scope: Scope, tolerant: boolean): Evaluate {
  const name = node.name.value;
  const known = FILTERS.get(name);
  if (known === undefined) throw new Error(`Unknown filter ${name}`);
  const [first, ...others] = positionalOf(node.args);
  if (first === undefined) throw new Error('A filter has an input');
  const keywords = keywordsOf(node.args);
  const filter = formOf(known, others.length, keywords.length);
  const input = compileExpression(first, scope, tolerant || filter.acceptsMissing === true);
  const args = [...compileAll(others, scope)];
  for (const { key, value } of keywords) {
    const at = filter.parameters?.indexOf(key.value) ?? -1;
    // A positional argument goes before a keyword of the same name.
    if (at < others.length) continue;
    while (args.length < at) args.push(nothing);
    args[at] = compileExpression(value, scope);
  }
  return filtered(filter.apply, input, args, positionOf(node.name));
}

const NONE: readonly Value[] = [];

function filtered(apply: Filter['apply'], input: Evaluate, args: readonly Evaluate[], at: Position): Evaluate {
  if (args.length === 0) {
    return (state) => {
      const value = input(state);
      state.at = at;
      return apply(state, value, NONE);
    };
  }
  return (state) => {
    const value = input(state);
    const given = args.map((arg) => arg(state));
    state.at = at;
    return apply(state, value, given);
  };
}
