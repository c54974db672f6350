import { charge, chargeText, MAX_TEXT } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Capture } from '../syntax/ast.ts';
import type { Evaluate, Run, Scope } from './scope.ts';
import { compileBody } from './statements.ts';

/** A block set or the body of a filter block: plain text, which is escaped where it is written. */
export function compileCapture(node: Capture, scope: Scope): Evaluate {
  return captured(compileBody(node.body, { ...scope, inLoop: false }));
}

function captured(body: Run): Evaluate {
  return (state) => written(state, body);
}

/** What the statements write, instead of writing it. */
export function written(state: RenderState, body: Run): string {
  const { out, maxOut } = state;
  state.out = '';
  state.maxOut = MAX_TEXT;
  charge(state, 1);
  body(state);
  const text = state.out;
  state.out = out;
  state.maxOut = maxOut;
  chargeText(state, text.length);
  return text;
}
