import { formOf } from '../filters/filter.ts';
import { FILTERS } from '../filters/filters.ts';
import type { Value } from '../runtime/values.ts';
import type { Expression, Filter } from '../syntax/ast.ts';
import { keywordsOf } from './calls.ts';
import { compileExpression } from './expressions.ts';
import type { Evaluate, Scope } from './scope.ts';

const nothing: Evaluate = () => undefined;

export function compileFilter(node: Filter, scope: Scope, tolerant: boolean): Evaluate {
  const name = node.name.value;
  const known = FILTERS.get(name);
  if (known === undefined) throw new Error(`Unknown filter ${name}`);
  const [first, ...others] = node.args.children.filter((arg): arg is Expression => arg.typename !== 'KeywordArgs');
  if (first === undefined) throw new Error('A filter has an input');
  const keywords = keywordsOf(node.args);
  const filter = formOf(known, others.length, keywords.length);
  const input = compileExpression(first, scope, tolerant || filter.acceptsMissing === true);
  const args = others.map((arg) => compileExpression(arg, scope));
  for (const { key, value } of keywords) {
    const at = filter.parameters?.indexOf(key.value) ?? -1;
    // A positional argument goes before a keyword of the same name.
    if (at < others.length) continue;
    while (args.length < at) args.push(nothing);
    args[at] = compileExpression(value, scope);
  }
  const { apply } = filter;
  if (args.length === 0) {
    const none: readonly Value[] = [];
    return (state) => {
      const value = input(state);
      state.at = node.name;
      return apply(state, value, none);
    };
  }
  return (state) => {
    const value = input(state);
    const given = args.map((arg) => arg(state));
    state.at = node.name;
    return apply(state, value, given);
  };
}
