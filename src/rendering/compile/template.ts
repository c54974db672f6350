import type { JsonObject } from '../../json.ts';
import { charge } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { topFrame } from '../runtime/variables.ts';
import type { Template } from '../syntax/allow.ts';
import { type Position, positionOf } from '../template-error.ts';
import { type Activation, isolatedScope, type Run, type Writing } from './scope.ts';
import { compileStatements } from './statements.ts';
import { weightOf } from './weight.ts';

interface EvaluationLimits {
  /** Budget of one evaluation, in steps. */
  readonly maxSteps: number;
  /** Code units of the text. */
  readonly maxOut: number;
}

interface Evaluation {
  readonly text: string;
  readonly warnings: readonly string[];
  readonly steps: number;
}

export interface Program {
  /** The size of the tree; what a program takes in memory grows with it. */
  readonly nodes: number;
  /**
   * @param now the time that the template is told, in milliseconds since 1970; by default 1970's first.
   * @throws Refusal TEMPLATE_ERROR with `line` and `column`
   */
  evaluate(args: JsonObject, limits: EvaluationLimits, now?: number): Evaluation;
}

/** nunjucks' syntax and meaning, evaluated by closures: nothing of a template ever becomes code. */
export function compileTemplate({ root, declared, nodes }: Template, writing: Writing): Program {
  const globals = new Map<string, number>();
  const scope = isolatedScope({ declared, globals, writing });
  const run = compileStatements(root.children, scope);
  const weight = weightOf(root);
  return { nodes, evaluate: evaluation(run, weight, [...globals.keys()], scope.activation, positionOf(root)) };
}

function evaluation(
  run: Run,
  weight: number,
  names: readonly string[],
  { slots }: Activation,
  at: Position,
): Program['evaluate'] {
  return (args, { maxSteps, maxOut }, now = 0) => {
    const state: RenderState = {
      globals: names.map((name) => (Object.hasOwn(args, name) ? args[name] : undefined)),
      warnings: [],
      warned: new Set(),
      now,
      maxSteps,
      steps: 0,
      out: '',
      maxOut,
      frame: topFrame(),
      locals: new Array(slots),
      calls: 0,
      depth: 0,
      jump: null,
      at,
    };
    charge(state, weight);
    run(state);
    return { text: state.out, warnings: state.warnings, steps: state.steps };
  };
}
