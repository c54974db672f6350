import { FUNCTIONS } from '../functions.ts';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isCycler, isJoiner, isMacro, type Keywords, type Value } from '../runtime/values.ts';
import type { Arguments, Call, Expression, KeywordArgs } from '../syntax/ast.ts';
import { startOf } from '../syntax/children.ts';
import { templateError } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import { pathOf } from './lookups.ts';
import type { Evaluate, Scope } from './scope.ts';

const NO_KEYWORDS: Keywords = new Map();

export function compileCall(node: Call, scope: Scope): Evaluate {
  const positional = compileArguments(node.args, scope);
  const keywords = compileKeywords(node.args, scope);
  const { name: callee } = node;
  if (callee.typename === 'LookupVal') return compileMethod(node, String(callee.val.value), scope);
  const name = callee.value;
  const target = compileExpression(callee, scope, true);
  const provided = FUNCTIONS.get(name);
  return (state) => {
    const called = target(state);
    const args = positional.map((arg) => arg(state));
    const named = keywords(state);
    state.at = callee;
    charge(state, 1);
    if (isMacro<RenderState>(called)) return called.invoke(state, args, named);
    if (isJoiner(called)) {
      if (called.used) return called.separator;
      called.used = true;
      return '';
    }
    if (provided !== undefined) return provided(state, args, named);
    const what = called === undefined ? 'not defined here' : describe(called);
    throw templateError(callee, `"${name}" cannot be called: it is ${what}, and no macro.`);
  };
}

function compileMethod(node: Call, method: string, scope: Scope): Evaluate {
  const { name: callee } = node;
  if (callee.typename !== 'LookupVal') throw new Error('A method is looked up');
  const target = compileExpression(callee.target, scope, true);
  return (state) => {
    const called = target(state);
    if (!isCycler(called)) {
      throw templateError(
        startOf(callee),
        `"${pathOf(callee.target)}" is ${describe(called)}; only a cycler has "${method}".`,
      );
    }
    charge(state, 1);
    const next = called.index + 1 < called.items.length ? called.index + 1 : 0;
    called.index = method === 'reset' ? -1 : next;
    called.current = method === 'reset' ? null : called.items[called.index];
    return method === 'reset' ? undefined : called.current;
  };
}

function compileArguments(args: Arguments, scope: Scope): readonly Evaluate[] {
  return args.children
    .filter((arg): arg is Expression => arg.typename !== 'KeywordArgs')
    .map((arg) => compileExpression(arg, scope));
}

export function keywordsOf(args: Arguments): KeywordArgs['children'] {
  const last = args.children.at(-1);
  return last?.typename === 'KeywordArgs' ? last.children : [];
}

function compileKeywords(args: Arguments, scope: Scope): (state: RenderState) => Keywords {
  const entries = keywordsOf(args).map(({ key, value }) => [key.value, compileExpression(value, scope)] as const);
  if (entries.length === 0) return () => NO_KEYWORDS;
  return (state) => new Map<string, Value>(entries.map(([key, value]) => [key, value(state)]));
}
