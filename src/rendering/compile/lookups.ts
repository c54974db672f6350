import { member, memberOfLoop } from '../runtime/members.ts';
import { toKey } from '../runtime/operators.ts';
import { type RenderState, warnUndefined } from '../runtime/render-state.ts';
import { isDict, type Value } from '../runtime/values.ts';
import { currentLoop, readVariable } from '../runtime/variables.ts';
import type { Expression, Lookup } from '../syntax/ast.ts';
import { startOf } from '../syntax/children.ts';
import { type Position, positionOf } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import { type Evaluate, globalOf, resolve, type Scope } from './scope.ts';

export function compileLookup(node: Lookup, scope: Scope, tolerant: boolean): Evaluate {
  const { target, val } = node;
  const key = val.typename === 'Literal' && typeof val.value === 'string' ? val.value : null;
  const isLoop = target.typename === 'Symbol' && target.value === 'loop' && resolve(scope, 'loop') === null;
  if (isLoop && key !== null) return compileLoopMember(node, key, scope, tolerant);
  const object = compileExpression(target, scope, tolerant);
  const absence = tolerant ? null : { path: pathOf(target), at: positionOf(startOf(node)) };
  if (key !== null) return memberNamed(object, key, absence);
  return memberAt(object, compileExpression(val, scope), positionOf(node), absence);
}

/** How a member that is not there is called, and where. Null: its absence is no warning. */
type Absence = { readonly path: string; readonly at: Position } | null;

function memberNamed(object: Evaluate, key: string, absence: Absence): Evaluate {
  return (state) => found(state, object(state), key, absence);
}

function memberAt(object: Evaluate, index: Evaluate, at: Position, absence: Absence): Evaluate {
  return (state) => {
    const container = object(state);
    const key = index(state);
    state.at = at;
    return found(state, container, container === undefined ? '' : toKey(state, key), absence);
  };
}

function found(state: RenderState, object: Value, key: string | number, absence: Absence): Value {
  const value = member(object, key);
  if (value === undefined && absence !== null && isDict(object)) {
    warnUndefined(state, `${absence.path}.${key}`.slice(0, 100), absence.at);
  }
  return value;
}

function compileLoopMember(node: Lookup, key: string, scope: Scope, tolerant: boolean): Evaluate {
  const global = globalOf(scope, 'loop');
  const at = positionOf(node.target);
  return (state) => {
    const loop = currentLoop(state);
    if (loop !== null) return memberOfLoop(loop, key);
    const variable = readVariable(state, 'loop', global);
    if (variable === undefined && !tolerant) warnUndefined(state, 'loop', at);
    return member(variable, key);
  };
}

/** How messages call an expression: `a.b[…]`. */
export function pathOf(node: Expression): string {
  if (node.typename === 'Symbol') return node.value;
  if (node.typename !== 'LookupVal') return '(…)';
  const { val } = node;
  return `${pathOf(node.target)}${val.typename === 'Literal' ? `.${val.value}` : '[…]'}`;
}
