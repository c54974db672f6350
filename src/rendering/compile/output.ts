import type { HoleKind } from '../holes/hole-kind.ts';
import { WRITING } from '../holes/write-value.ts';
import { charge, outputOverrun } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Expression, Output } from '../syntax/ast.ts';
import type { Position } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import type { Evaluate, Run, Scope } from './scope.ts';

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
    runs.push(compileHole(text, child, compileExpression(child, scope), kindOf(child)));
    text = '';
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

/** @param before the template's text in front of the value */
function compileHole(before: string, node: Expression, evaluate: Evaluate, kind: HoleKind): Run {
  const isAddress = ADDRESSES.has(kind);
  const { asItIs, written } = WRITING[kind];
  return (state) => {
    if (before !== '') state.out += before;
    const value = evaluate(state);
    if (typeof value === 'number' && !isAddress) {
      writeText(state, `${value}`, node);
      return;
    }
    if (value === undefined || value === null) return;
    state.at = node;
    const text = typeof value === 'string' && asItIs.test(value) ? value : written(state, value);
    if (text.length >= 64) charge(state, text.length >> 6);
    writeText(state, text, node);
  };
}
