import { charge } from '../runtime/budget.ts';
import { elementsOf, keysOf, member } from '../runtime/members.ts';
import type { Frame, RenderState } from '../runtime/render-state.ts';
import { isDict, isList, isSafe, type List, type SafeText, type Value } from '../runtime/values.ts';
import { declare, openFrame } from '../runtime/variables.ts';
import type { For } from '../syntax/ast.ts';
import { type Position, positionOf, templateError } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import { bind, type Evaluate, innerScope, type Run, type Scope } from './scope.ts';
import { compileBody } from './statements.ts';
import { weightOf } from './weight.ts';

/** Binds the names of one pass. */
type Bind = (state: RenderState, frame: Frame, index: number) => void;
/** How many passes a value makes, and what binds the names of each. */
type Bindings = (state: RenderState, value: Value) => [number, Bind];

interface LoopName {
  readonly name: string;
  readonly slot: number;
}

export function compileFor(node: For, outer: Scope): Run {
  const source = compileExpression(node.arr, outer);
  const scope = innerScope(outer);
  const names = (node.name.typename === 'Array' ? node.name.children : [node.name]).map(({ value }) => ({
    name: value,
    slot: bind(scope, value),
  }));
  const body = compileBody(node.body, { ...scope, inLoop: true });
  const otherwise = node.else_ === null ? null : compileBody(node.else_, scope);
  const isDestructuring = node.name.typename === 'Array';
  const bindings = isDestructuring ? unpacking(names, positionOf(node)) : binding(names[0] as LoopName);
  return loop(source, bindings, body, otherwise, weightOf(node.body) + 1, positionOf(node));
}

function loop(
  source: Evaluate,
  bindings: Bindings,
  body: Run,
  otherwise: Run | null,
  weight: number,
  at: Position,
): Run {
  return (state) => {
    const value = source(state);
    state.at = at;
    const parent = state.frame;
    const frame = openFrame(parent, false);
    state.frame = frame;
    const [length, bindNames] = bindings(state, value);
    if (length === 0) {
      otherwise?.(state);
    } else {
      const pass = { index0: 0, length };
      frame.loop = pass;
      for (let i = 0; i < length; i += 1) {
        pass.index0 = i;
        state.at = at;
        charge(state, weight);
        bindNames(state, frame, i);
        body(state);
        if (state.jump === null) continue;
        const isOver = state.jump === 'Break';
        state.jump = null;
        if (isOver) break;
      }
    }
    state.frame = parent;
  };
}

function binding({ name, slot }: LoopName): Bindings {
  return (state, value) => {
    const items: List = isSafe(value) ? charactersOf(state, value) : value ? elementsOf(state, value) : [];
    return [
      items.length,
      (run, frame, i) => {
        run.locals[slot] = items[i];
        declare(frame, name, items[i]);
      },
    ];
  };
}

/** nunjucks iterates over escaped text, and so takes whole characters; of other text it takes code units. */
function charactersOf(state: RenderState, { text }: SafeText): List {
  charge(state, text.length);
  return [...text];
}

/** Lists of lists by position; objects, and texts as in JavaScript, by key and value. */
function unpacking(names: readonly LoopName[], at: Position): Bindings {
  return (state, iterated) => {
    const value = isSafe(iterated) ? charactersOf(state, iterated) : iterated;
    if (isList(value)) {
      return [
        value.length,
        (run, _, i) => {
          const item = value[i];
          if (item === undefined || item === null) {
            throw templateError(at, `Element ${i} of the list is nothing; leave it out, or loop with one name.`);
          }
          for (const [position, { slot }] of names.entries()) run.locals[slot] = member(item, position);
        },
      ];
    }
    const keys = entryKeys(state, value);
    return [
      keys.length,
      (run, frame, i) => {
        const key = keys[i] as string;
        const entry = [key, member(value, key)];
        for (const [position, { name, slot }] of names.entries()) {
          run.locals[slot] = entry[position];
          if (position < 2) declare(frame, name, entry[position]);
        }
      },
    ];
  };
}

function entryKeys(state: RenderState, value: Value): readonly string[] {
  if (isDict(value)) return keysOf(state, value);
  return typeof value === 'string' ? Object.keys(elementsOf(state, value)) : [];
}
