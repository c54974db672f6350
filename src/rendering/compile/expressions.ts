import { charge } from '../runtime/budget.ts';
import { contains } from '../runtime/members.ts';
import { type Operator, power } from '../runtime/operators.ts';
import { dict, type Value } from '../runtime/values.ts';
import type { Dict, Expression, Is } from '../syntax/ast.ts';
import { type Position, positionOf } from '../template-error.ts';
import { TESTS } from '../tests.ts';
import { compileCall } from './calls.ts';
import { compileCapture } from './captures.ts';
import { compileFilter } from './filters.ts';
import { compileLookup, pathOf } from './lookups.ts';
import { compileCaller } from './macros.ts';
import { compileName } from './names.ts';
import { compileFloorDivision, compileOperation } from './operations.ts';
import type { Evaluate, Scope } from './scope.ts';

/** @param tolerant where the template asks whether something is there, its absence is no warning. */
export function compileExpression(node: Expression, scope: Scope, tolerant = false): Evaluate {
  switch (node.typename) {
    case 'Literal': {
      const { value } = node;
      return () => value;
    }
    case 'Symbol':
      return compileName(node, scope, tolerant);
    case 'LookupVal':
      return compileLookup(node, scope, tolerant);
    case 'Group':
      return lastOf(compileAll(node.children, scope, tolerant));
    case 'Array':
      return list(compileAll(node.children, scope));
    case 'Dict':
      return compileDict(node, scope);
    case 'FunCall':
      return compileCall(node, scope);
    case 'Filter':
      return compileFilter(node, scope, tolerant);
    case 'Capture':
      return compileCapture(node, scope);
    case 'Caller':
      return compileCaller(node, scope);
    case 'InlineIf': {
      const condition = compileExpression(node.cond, scope, true);
      const then = compileExpression(node.body, scope, tolerant);
      const otherwise: Evaluate = node.else_ === null ? () => '' : compileExpression(node.else_, scope, tolerant);
      return (state) => (condition(state) ? then(state) : otherwise(state));
    }
    case 'In':
      return compileBinary(node, contains, scope);
    case 'FloorDiv':
      return compileFloorDivision(node, scope);
    case 'Pow':
      return compileBinary(node, power, scope);
    case 'Is':
      return compileTest(node, scope);
    default:
      return compileOperation(node, scope, tolerant);
  }
}

export function compileAll(nodes: readonly Expression[], scope: Scope, tolerant = false): readonly Evaluate[] {
  return nodes.map((node) => compileExpression(node, scope, tolerant));
}

function compileBinary(node: { left: Expression; right: Expression } & Position, operator: Operator, scope: Scope) {
  return binary(compileExpression(node.left, scope), compileExpression(node.right, scope), operator, positionOf(node));
}

export function binary(left: Evaluate, right: Evaluate, operator: Operator, at: Position): Evaluate {
  return (state) => {
    const first = left(state);
    const second = right(state);
    state.at = at;
    return operator(state, first, second);
  };
}

/** Of several expressions in parentheses the last one is the value. */
function lastOf(parts: readonly Evaluate[]): Evaluate {
  if (parts.length === 1) return parts[0] as Evaluate;
  return (state) => {
    let value: Value;
    for (const part of parts) value = part(state);
    return value;
  };
}

function list(parts: readonly Evaluate[]): Evaluate {
  return (state) => {
    charge(state, parts.length);
    return parts.map((part) => part(state));
  };
}

function compileDict({ children }: Dict, scope: Scope): Evaluate {
  const keys = children.map(({ key }) => key.value);
  const values = children.map(({ value }) => value);
  return object(keys, compileAll(values, scope));
}

function object(keys: readonly string[], values: readonly Evaluate[]): Evaluate {
  return (state) => {
    charge(state, keys.length);
    const made = dict();
    for (const [i, key] of keys.entries()) made[key] = values[i]?.(state);
    return made;
  };
}

function compileTest(node: Is, scope: Scope): Evaluate {
  const { right } = node;
  const name = right.typename === 'FunCall' ? pathOf(right.name) : right.value;
  const test = TESTS.get(String(name));
  if (test === undefined) throw new Error(`Unknown test ${name}`);
  const operand = compileExpression(node.left, scope, true);
  const argument = right.typename === 'FunCall' ? right.args.children[0] : undefined;
  const second = argument === undefined ? null : compileExpression(argument as Expression, scope);
  const at = positionOf(node);
  return (state) => {
    const value = operand(state);
    const other = second === null ? undefined : second(state);
    state.at = at;
    return test(state, value, other);
  };
}
