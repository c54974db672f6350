import { charge } from '../runtime/budget.ts';
import { contains } from '../runtime/members.ts';
import { type Operator, power } from '../runtime/operators.ts';
import { dict, type Value } from '../runtime/values.ts';
import type { Dict, Expression, Is } from '../syntax/ast.ts';
import type { Position } from '../template-error.ts';
import { TESTS } from '../tests.ts';
import { compileCall } from './calls.ts';
import { compileCapture } from './captures.ts';
import { compileFilter } from './filters.ts';
import { compileLookup, compileName, pathOf } from './lookups.ts';
import { compileCaller } from './macros.ts';
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
      return compileGroup(node.children, scope, tolerant);
    case 'Array':
      return compileList(node.children, scope);
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
      return binary(node, node.left, node.right, contains, scope);
    case 'FloorDiv':
      return compileFloorDivision(node, scope);
    case 'Pow':
      return binary(node, node.left, node.right, power, scope);
    case 'Is':
      return compileTest(node, scope);
    default:
      return compileOperation(node, scope, tolerant);
  }
}

function binary(at: Position, left: Expression, right: Expression, operator: Operator, scope: Scope): Evaluate {
  const a = compileExpression(left, scope);
  const b = compileExpression(right, scope);
  return (state) => {
    const first = a(state);
    const second = b(state);
    state.at = at;
    return operator(state, first, second);
  };
}

/** Of several expressions in parentheses the last one is the value. */
function compileGroup(nodes: readonly Expression[], scope: Scope, tolerant: boolean): Evaluate {
  const parts = nodes.map((node) => compileExpression(node, scope, tolerant));
  if (parts.length === 1) return parts[0] as Evaluate;
  return (state) => {
    let value: Value;
    for (const part of parts) value = part(state);
    return value;
  };
}

function compileList(nodes: readonly Expression[], scope: Scope): Evaluate {
  const parts = nodes.map((node) => compileExpression(node, scope));
  return (state) => {
    charge(state, parts.length);
    return parts.map((part) => part(state));
  };
}

function compileDict(node: Dict, scope: Scope): Evaluate {
  const entries = node.children.map(({ key, value }) => [key.value, compileExpression(value, scope)] as const);
  return (state) => {
    charge(state, entries.length);
    const object = dict();
    for (const [key, value] of entries) object[key] = value(state);
    return object;
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
  return (state) => {
    const value = operand(state);
    const other = second === null ? undefined : second(state);
    state.at = node;
    return test(state, value, other);
  };
}
