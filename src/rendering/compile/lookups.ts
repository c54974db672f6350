import { member, memberOfLoop } from '../runtime/members.ts';
import { toKey } from '../runtime/operators.ts';
import { type RenderState, warnUndefined } from '../runtime/render-state.ts';
import { isDict, type Value } from '../runtime/values.ts';
import { currentLoop, readLoop, readVariable } from '../runtime/variables.ts';
import type { Expression, Lookup, Name } from '../syntax/ast.ts';
import { startOf } from '../syntax/children.ts';
import { compileExpression } from './expressions.ts';
import { type Evaluate, globalOf, readPlace, resolve, type Scope } from './scope.ts';

export function compileName(node: Name, scope: Scope, tolerant: boolean): Evaluate {
  const name = node.value;
  const read = reader(name, scope);
  if (tolerant) return read;
  return (state) => {
    const value = read(state);
    if (value === undefined) warnUndefined(state, name, node);
    return value;
  };
}

function reader(name: string, scope: Scope): Evaluate {
  const place = resolve(scope, name);
  if (place !== null) {
    const { hops, slot } = place;
    return hops === 0 ? (state) => state.locals[slot] as Value : (state) => readPlace(state, place);
  }
  const global = globalOf(scope, name);
  if (name === 'loop') return (state) => readLoop(state, global);
  if (!scope.names.declared.has(name)) return (state) => state.globals[global];
  return (state) => readVariable(state, name, global);
}

export function compileLookup(node: Lookup, scope: Scope, tolerant: boolean): Evaluate {
  const { target, val } = node;
  const key = val.typename === 'Literal' && typeof val.value === 'string' ? val.value : null;
  const isLoop = target.typename === 'Symbol' && target.value === 'loop' && resolve(scope, 'loop') === null;
  if (isLoop && key !== null) return compileLoopMember(node, key, scope, tolerant);
  const object = compileExpression(target, scope, tolerant);
  const path = pathOf(target);
  if (key === null) {
    const index = compileExpression(val, scope);
    return (state) => {
      const container = object(state);
      const at = index(state);
      state.at = node;
      return found(state, node, path, container, container === undefined ? '' : toKey(state, at), tolerant);
    };
  }
  return (state) => found(state, node, path, object(state), key, tolerant);
}

function found(state: RenderState, node: Lookup, path: string, object: Value, key: string | number, tolerant: boolean) {
  const value = member(object, key);
  if (value === undefined && !tolerant && isDict(object)) {
    warnUndefined(state, `${path}.${key}`.slice(0, 100), startOf(node));
  }
  return value;
}

function compileLoopMember(node: Lookup, key: string, scope: Scope, tolerant: boolean): Evaluate {
  const global = globalOf(scope, 'loop');
  return (state) => {
    const loop = currentLoop(state);
    if (loop !== null) return memberOfLoop(loop, key);
    const variable = readVariable(state, 'loop', global);
    if (variable === undefined && !tolerant) warnUndefined(state, 'loop', node.target);
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
