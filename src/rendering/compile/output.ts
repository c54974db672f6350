import type { HoleKind } from '../holes/hole-kind.ts';
import { WRITING } from '../holes/write-value.ts';
import { charge, outputOverrun } from '../runtime/budget.ts';
import type { RenderState } from '../runtime/render-state.ts';
import type { Output } from '../syntax/ast.ts';
import { type Position, positionOf } from '../template-error.ts';
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
    runs.push(hole(text, compileExpression(child, scope), kindOf(child), positionOf(child)));
    text = '';
  }
  const last = outputs.at(-1);
  if (text !== '' && last !== undefined) runs.push(plainText(text, positionOf(last)));
  return runs;
}

function plainText(text: string, at: Position): Run {
  return (state) => writeText(state, text, at);
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
function hole(before: string, evaluate: Evaluate, kind: HoleKind, at: Position): Run {
  const isAddress = ADDRESSES.has(kind);
  const { asItIs, written } = WRITING[kind];
  return (state) => {
    const value = evaluate(state);
    if (typeof value === 'number' && !isAddress) {
      writeText(state, `${before}${value}`, at);
      return;
    }
    if (value === undefined || value === null) {
      writeText(state, before, at);
      return;
    }
    state.at = at;
    const text = typeof value === 'string' && asItIs.test(value) ? value : written(state, value);
    if (text.length >= 64) charge(state, text.length >> 6);
    writeText(state, before + text, at);
  };
}
