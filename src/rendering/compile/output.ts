import type { HoleKind } from '../holes/hole-kind.ts';
import { WRITTEN } from '../holes/write-value.ts';
import { charge, outputOverrun } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import type { Output } from '../syntax/ast.ts';
import type { Position } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import type { Run, Scope } from './scope.ts';

/** Outputs that follow one another, each value together with the template's text in front of it. */
export function compileOutputs(outputs: readonly Output[], scope: Scope): readonly Run[] {
  const { textOf, kindOf } = scope.names.writing;
  const runs: Run[] = [];
  let text = '';
  for (const child of outputs.flatMap(({ children }) => children)) {
    if (child.typename === 'TemplateData') {
      text += textOf(child);
      continue;
    }
    const before = text;
    text = '';
    const value = compileExpression(child, scope);
    const kind = kindOf(child);
    runs.push((state) => {
      if (before !== '') state.out += before;
      writeValue(state, value(state), kind, child);
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

/** A number is harmless anywhere else; as an address it is the name of a file. */
const ADDRESSES: ReadonlySet<HoleKind> = new Set(['reference', 'link', 'cssReference']);

function writeValue(state: RenderState, value: Value, kind: HoleKind, at: Position): void {
  if (typeof value === 'number' && !ADDRESSES.has(kind)) {
    writeText(state, `${value}`, at);
    return;
  }
  if (value === undefined || value === null) return;
  state.at = at;
  const text = WRITTEN[kind](state, value);
  charge(state, text.length >> 6);
  writeText(state, text, at);
}
