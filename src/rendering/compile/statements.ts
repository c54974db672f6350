import { strictEquals } from '../runtime/operators.ts';
import type { Value } from '../runtime/values.ts';
import { assign, assignGlobally } from '../runtime/variables.ts';
import type { Body, If, Jump, Output, SetStatement, Statement, Switch } from '../syntax/ast.ts';
import { childrenOf, type RawNode } from '../syntax/children.ts';
import { templateError } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import { compileFor } from './loops.ts';
import { compileMacro } from './macros.ts';
import { compileOutputs } from './output.ts';
import { type Evaluate, globalOf, type Place, type Run, resolve, type Scope, writePlace } from './scope.ts';

export function compileStatements(statements: readonly Statement[], scope: Scope): Run {
  const runs: Run[] = [];
  let outputs: Output[] = [];
  const flush = (): void => {
    runs.push(...compileOutputs(outputs, scope));
    outputs = [];
  };
  for (const statement of statements) {
    if (statement.typename === 'Output') {
      outputs.push(statement);
      continue;
    }
    flush();
    runs.push(compileStatement(statement, scope));
  }
  flush();
  return inTurn(runs, scope.inLoop && statements.some(mayJump));
}

function inTurn(runs: readonly Run[], mayEnd: boolean): Run {
  if (runs.length === 1) return runs[0] as Run;
  if (mayEnd) {
    return (state) => {
      for (let i = 0; i < runs.length && state.jump === null; i += 1) (runs[i] as Run)(state);
    };
  }
  return (state) => {
    for (let i = 0; i < runs.length; i += 1) (runs[i] as Run)(state);
  };
}

export function compileBody(body: Body, scope: Scope): Run {
  return compileStatements(body.children, scope);
}

function compileStatement(node: Exclude<Statement, Output>, scope: Scope): Run {
  switch (node.typename) {
    case 'If':
      return compileIf(node, scope);
    case 'For':
      return compileFor(node, scope);
    case 'Set':
      return compileSet(node, scope);
    case 'Switch':
      return compileSwitch(node, scope);
    case 'Break':
    case 'Continue':
      return compileJump(node, scope);
    case 'Macro':
      return compileMacro(node, scope);
    case 'NodeList':
      return compileBody(node, scope);
  }
}

function compileJump(node: Jump, scope: Scope): Run {
  const { typename } = node;
  if (!scope.inLoop) {
    const tag = typename.toLowerCase();
    throw templateError(node, `"${tag}" stands in no "for" that it could act on; put it directly in the loop.`);
  }
  return (state) => {
    state.jump = typename;
  };
}

/** Whether what follows the statement may be left out. */
function mayJump(node: object): boolean {
  const { typename } = node as RawNode;
  return typename === 'Break' || typename === 'Continue' || childrenOf(node as RawNode).some(mayJump);
}

function compileIf(node: If, scope: Scope): Run {
  const condition = compileExpression(node.cond, scope, true);
  const then = compileBody(node.body, scope);
  const otherwise = node.else_ === null ? null : compileStatement(node.else_, scope);
  return (state) => {
    if (condition(state)) then(state);
    else if (otherwise !== null) otherwise(state);
  };
}

function compileSet(node: SetStatement, scope: Scope): Run {
  const expression = node.value ?? node.body;
  if (expression === undefined) throw templateError(node, '"set" has no value.');
  const value = compileExpression(expression, scope);
  const targets = node.targets.map(({ value: name }) => ({
    name,
    global: globalOf(scope, name),
    place: resolve(scope, name),
  }));
  return assignment(targets, value, node.isGlobal ? assignGlobally : assign);
}

interface Target {
  readonly name: string;
  readonly global: number;
  readonly place: Place | null;
}

function assignment(targets: readonly Target[], value: Evaluate, assignTo: typeof assign): Run {
  return (state) => {
    const result = value(state);
    for (const { name, global, place } of targets) {
      if (place !== null) writePlace(state, place, result);
      assignTo(state, name, global, result);
    }
  };
}

/** As in JavaScript: cases compare with `===`, and one with an empty body falls through to the next. */
function compileSwitch(node: Switch, scope: Scope): Run {
  const subject = compileExpression(node.expr, scope);
  const cases = node.cases.map(({ cond, body }) => ({
    value: compileExpression(cond, scope),
    body: body.children.length === 0 ? null : compileBody(body, scope),
  }));
  return choice(subject, cases, node.default === null ? null : compileBody(node.default, scope));
}

interface Case {
  readonly value: Evaluate;
  readonly body: Run | null;
}

function choice(subject: Evaluate, cases: readonly Case[], otherwise: Run | null): Run {
  return (state) => {
    const value: Value = subject(state);
    let matched = false;
    for (const { value: candidate, body } of cases) {
      matched ||= strictEquals(state, candidate(state), value);
      if (!matched || body === null) continue;
      body(state);
      return;
    }
    if (otherwise !== null) otherwise(state);
  };
}
