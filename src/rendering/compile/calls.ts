import { FUNCTIONS } from '../functions.ts';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { describe, isCycler, isJoiner, isMacro, type Keywords, type Value } from '../runtime/values.ts';
import type { Arguments, Call, Expression, KeywordArgs, Lookup } from '../syntax/ast.ts';
import { startOf } from '../syntax/children.ts';
import { type Position, positionOf, templateError } from '../template-error.ts';
import { compileAll, compileExpression } from './expressions.ts';
import { pathOf } from './lookups.ts';
import type { Evaluate, Scope } from './scope.ts';

const NO_KEYWORDS: Keywords = new Map();
const noKeywords = (): Keywords => NO_KEYWORDS;

export function compileCall(node: Call, scope: Scope): Evaluate {
  const { name: callee } = node;
  if (callee.typename === 'LookupVal') return compileMethod(callee, String(callee.val.value), scope);
  const target = compileExpression(callee, scope, true);
  const positional = compileAll(positionalOf(node.args), scope);
  return call(callee.value, target, positional, compileKeywords(node.args, scope), positionOf(callee));
}

function call(
  name: string,
  target: Evaluate,
  positional: readonly Evaluate[],
  keywords: (state: RenderState) => Keywords,
  at: Position,
): Evaluate {
  const provided = FUNCTIONS.get(name);
  return (state) => {
    const called = target(state);
    const args = positional.map((arg) => arg(state));
    const named = keywords(state);
    state.at = at;
    charge(state, 1);
    if (isMacro<RenderState>(called)) return called.invoke(state, args, named);
    if (isJoiner(called)) {
      if (called.used) return called.separator;
      called.used = true;
      return '';
    }
    if (provided !== undefined) return provided(state, args, named);
    throw templateError(
      at,
      called === undefined
        ? `The macro "${name}" is not defined here; write it before the call, and not in a branch or loop.`
        : `"${name}" cannot be called: it is ${describe(called)}, and no macro.`,
    );
  };
}

function compileMethod(callee: Lookup, method: string, scope: Scope): Evaluate {
  const target = compileExpression(callee.target, scope, true);
  const path = pathOf(callee.target);
  const at = positionOf(startOf(callee));
  return (state) => {
    const called = target(state);
    if (!isCycler(called)) {
      throw templateError(at, `"${path}" is ${describe(called)}; only a cycler has "${method}".`);
    }
    charge(state, 1);
    const next = called.index + 1 < called.items.length ? called.index + 1 : 0;
    called.index = method === 'reset' ? -1 : next;
    called.current = method === 'reset' ? null : called.items[called.index];
    return method === 'reset' ? undefined : called.current;
  };
}

export function positionalOf(args: Arguments): readonly Expression[] {
  return args.children.filter((arg): arg is Expression => arg.typename !== 'KeywordArgs');
}

export function keywordsOf(args: Arguments): KeywordArgs['children'] {
  const last = args.children.at(-1);
  return last?.typename === 'KeywordArgs' ? last.children : [];
}

function compileKeywords(args: Arguments, scope: Scope): (state: RenderState) => Keywords {
  const pairs = keywordsOf(args);
  if (pairs.length === 0) return noKeywords;
  const names = pairs.map(({ key }) => key.value);
  const values = pairs.map(({ value }) => value);
  return keywordsFrom(names, compileAll(values, scope));
}

function keywordsFrom(names: readonly string[], values: readonly Evaluate[]): (state: RenderState) => Keywords {
  return (state) => new Map<string, Value>(names.map((name, i) => [name, values[i]?.(state)]));
}
