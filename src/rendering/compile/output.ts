import { charge, outputOverrun } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { escapeText, toText } from '../runtime/text.ts';
import { isSafe, type Value } from '../runtime/values.ts';
import type { Output } from '../syntax/ast.ts';
import type { Position } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import type { Run, Scope } from './scope.ts';

/** Outputs that follow one another, each value together with the template's text in front of it. */
export function compileOutputs(outputs: readonly Output[], scope: Scope): readonly Run[] {
  const runs: Run[] = [];
  let text = '';
  for (const child of outputs.flatMap(({ children }) => children)) {
    if (child.typename === 'TemplateData') {
      text += child.value;
      continue;
    }
    const before = text;
    text = '';
    const value = compileExpression(child, scope);
    runs.push((state) => {
      if (before !== '') state.out += before;
      writeValue(state, value(state), child);
    });
  }
  const after = text;
  const at = outputs.at(-1);
  if (after !== '' && at !== undefined) runs.push((state) => writeText(state, after, at));
  return runs;
}

/** Template text costs nothing here: it is part of the weight of the body around it. */
function writeText(state: RenderState, text: string, at: Position): void {
  state.out += text;
  if (state.out.length <= state.maxOut) return;
  state.at = at;
  throw outputOverrun(state);
}

function writeValue(state: RenderState, value: Value, at: Position): void {
  if (typeof value === 'number') {
    writeText(state, `${value}`, at);
    return;
  }
  state.at = at;
  const isNothing = value === undefined || value === null;
  const text = isNothing ? '' : isSafe(value) ? value.text : escapeText(toText(state, value));
  charge(state, text.length >> 6);
  writeText(state, text, at);
}
