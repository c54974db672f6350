import { OPERATORS, type Operator } from '../runtime/operators.ts';
import { toNumber } from '../runtime/text.ts';
import type { Value } from '../runtime/values.ts';
import type { FloorDivision, Operation } from '../syntax/ast.ts';
import { type Chain, type Operand, type Prefixed, regroup } from '../syntax/precedence.ts';
import { type Position, positionOf } from '../template-error.ts';
import { binary, compileExpression } from './expressions.ts';
import type { Evaluate, Scope } from './scope.ts';

export function compileOperation(node: Operation, scope: Scope, tolerant: boolean): Evaluate {
  return compileOperand(regroup(node), scope, tolerant);
}

/** nunjucks prints `Math.floor(a / b)`, and `b` may bring operators: `7 // 2 % 3` is `floor((7 / 2) % 3)`. */
export function compileFloorDivision(node: FloorDivision, scope: Scope): Evaluate {
  const quotient = compileOperation({ ...node, typename: 'Div', left: node.left, right: node.right }, scope, false);
  return floored(quotient);
}

function floored(quotient: Evaluate): Evaluate {
  return (state) => Math.floor(toNumber(state, quotient(state)));
}

function compileOperand(operand: Operand, scope: Scope, tolerant: boolean): Evaluate {
  if ('node' in operand) return compileExpression(operand.node, scope, tolerant);
  if ('literal' in operand) return literal(operand.literal);
  return 'prefix' in operand ? compilePrefixed(operand, scope) : compileChain(operand, scope, tolerant);
}

function literal(value: Value): Evaluate {
  return () => value;
}

function compilePrefixed({ prefix, operand }: Prefixed, scope: Scope): Evaluate {
  const value = compileOperand(operand, scope, prefix === '!');
  switch (prefix) {
    case '!':
      return (state) => !value(state);
    case '-':
      return (state) => -toNumber(state, value(state));
    case '+':
      return (state) => toNumber(state, value(state));
  }
}

function compileChain(chain: Chain, scope: Scope, tolerant: boolean): Evaluate {
  const logical = chain.rest[0]?.operator;
  if (logical === '||' || logical === '&&') return compileLogical(chain, logical === '||', scope, tolerant);
  const first = compileOperand(chain.first, scope, false);
  const steps = chain.rest.map(({ operator, operand, at }) => ({
    apply: OPERATORS.get(operator) as Operator,
    operand: compileOperand(operand, scope, false),
    at: positionOf(at),
  }));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return binary(first, only.operand, only.apply, only.at);
  return chained(first, steps);
}

/** A loop, since a chain of thousands, nested, would overflow the stack. */
function chained(first: Evaluate, steps: readonly { apply: Operator; operand: Evaluate; at: Position }[]): Evaluate {
  return (state) => {
    let value = first(state);
    for (const { apply, operand, at } of steps) {
      const right = operand(state);
      state.at = at;
      value = apply(state, value, right);
    }
    return value;
  };
}

function compileLogical(chain: Chain, isOr: boolean, scope: Scope, tolerant: boolean): Evaluate {
  const operands = [chain.first, ...chain.rest.map(({ operand }) => operand)];
  return firstThat(
    isOr,
    operands.map((operand) => compileOperand(operand, scope, tolerant || isOr)),
  );
}

/** Of the parts the first one that decides, else the last one. */
function firstThat(isOr: boolean, parts: readonly Evaluate[]): Evaluate {
  return (state) => {
    let value: Value;
    for (const part of parts) {
      value = part(state);
      if (Boolean(value) === isOr) return value;
    }
    return value;
  };
}
