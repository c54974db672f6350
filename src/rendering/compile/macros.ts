import { charge, enterCall, leaveCall } from '../runtime/budget.ts';
import type { Frame, RenderState } from '../runtime/render-state.ts';
import { type Keywords, macro, safe, type Value } from '../runtime/values.ts';
import { declare, openFrame } from '../runtime/variables.ts';
import type { Caller, Expression, Macro, Name } from '../syntax/ast.ts';
import { written } from './captures.ts';
import { compileExpression } from './expressions.ts';
import { bind, callBlockScope, type Evaluate, globalOf, isolatedScope, type Run, type Scope } from './scope.ts';
import { compileBody } from './statements.ts';
import { depthOf, weightOf } from './weight.ts';

/** What binding the arguments and catching the output cost, beside the body. */
const CALL_STEPS = 10;

/** A macro sees its parameters and the top level, nothing of the scope in which it is written. */
export function compileMacro(node: Macro, scope: Scope): Run {
  const create = compileDefinition(node, isolatedScope(scope.names), false);
  const name = node.name.value;
  const slot = bind(scope, name);
  const global = globalOf(scope, name);
  return definition(create, name, slot, global, scope.parent === null);
}

function definition(create: Evaluate, name: string, slot: number, global: number, isTop: boolean): Run {
  return (state) => {
    const value = create(state);
    state.locals[slot] = value;
    if (isTop) state.globals[global] = value;
    else declare(state.frame, name, value);
  };
}

/** The body of a call block: it sees the scope in which it is written, and the variables of the macro that calls it. */
export function compileCaller(node: Caller, scope: Scope): Evaluate {
  return compileDefinition(node, callBlockScope(scope), true);
}

function compileDefinition(node: Macro | Caller, scope: Scope, isCaller: boolean): Evaluate {
  const positional = node.args.children.filter((arg): arg is Name => arg.typename === 'Symbol');
  const parameters = positional.map(({ value }) => ({ name: value, slot: bind(scope, value) }));
  const last = node.args.children.at(-1);
  const defaults = (last?.typename === 'KeywordArgs' ? last.children : []).map(({ key, value }) => ({
    name: key.value,
    value: compileExpression(value as Expression, scope),
  }));
  const body = compileBody(node.body, scope);
  return invocation(isCaller, binder(parameters, defaults), body, {
    slots: scope.activation.slots,
    weight: weightOf(node) + CALL_STEPS,
    depth: depthOf(node),
    isProven: scope.names.writing.isProven,
  });
}

type BindArguments = (state: RenderState, frame: Frame, args: readonly Value[], given: Keywords) => void;

function binder(
  parameters: readonly { readonly name: string; readonly slot: number }[],
  defaults: readonly { readonly name: string; readonly value: Evaluate }[],
): BindArguments {
  return (state, frame, args, given) => {
    const keywords = new Map(given);
    for (let i = parameters.length; i < args.length && i - parameters.length < defaults.length; i += 1) {
      keywords.set(defaults[i - parameters.length]?.name as string, args[i]);
    }
    const values = parameters.map(({ name }, i) => {
      if (i < args.length) return args[i];
      const value = keywords.get(name);
      keywords.delete(name);
      return value;
    });
    if (keywords.has('caller')) declare(frame, 'caller', keywords.get('caller'));
    for (const [i, { name, slot }] of parameters.entries()) {
      state.locals[slot] = values[i];
      declare(frame, name, values[i]);
    }
    for (const { name, value } of defaults) {
      declare(frame, name, keywords.has(name) ? keywords.get(name) : value(state));
    }
  };
}

interface Costs {
  readonly slots: number;
  readonly weight: number;
  readonly depth: number;
  readonly isProven: boolean;
}

function invocation(
  isCaller: boolean,
  bindArguments: BindArguments,
  body: Run,
  { slots, weight, depth, isProven }: Costs,
): Evaluate {
  return (definer) => {
    const around = isCaller ? definer.locals : null;
    return macro<RenderState>((state, args, keywords) => {
      enterCall(state, depth);
      charge(state, weight);
      const { frame, locals } = state;
      state.frame = openFrame(isCaller ? frame : null, true);
      state.locals = new Array(slots);
      state.locals[0] = around;
      bindArguments(state, state.frame, args, keywords);
      const text = written(state, body);
      state.frame = frame;
      state.locals = locals;
      leaveCall(state, depth);
      return safe(text, isProven);
    }) as Value;
  };
}
