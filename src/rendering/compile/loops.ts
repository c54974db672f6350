import { charge } from '../runtime/budget.ts';
import { elementsOf, keysOf, member } from '../runtime/members.ts';
import type { Frame, RenderState } from '../runtime/render-state.ts';
import { isDict, isList, isSafe, type List, type Value } from '../runtime/values.ts';
import { declare, openFrame } from '../runtime/variables.ts';
import type { For } from '../syntax/ast.ts';
import { templateError } from '../template-error.ts';
import { compileExpression } from './expressions.ts';
import { bind, innerScope, type Run, type Scope } from './scope.ts';
import { compileBody } from './statements.ts';
import { weightOf } from './weight.ts';

/** Binds the names of one pass. */
type Bind = (state: RenderState, frame: Frame, index: number) => void;

export function compileFor(node: For, outer: Scope): Run {
  const source = compileExpression(node.arr, outer);
  const scope = innerScope(outer);
  const names = (node.name.typename === 'Array' ? node.name.children : [node.name]).map(({ value }) => ({
    name: value,
    slot: bind(scope, value),
  }));
  const body = compileBody(node.body, { ...scope, inLoop: true });
  const otherwise = node.else_ === null ? null : compileBody(node.else_, scope);
  const weight = weightOf(node.body) + 1;
  const isDestructuring = node.name.typename === 'Array';

  return (state) => {
    const value = source(state);
    state.at = node;
    const parent = state.frame;
    const frame = openFrame(parent, false);
    state.frame = frame;
    const [length, bindNames] = isDestructuring ? unpack(state, value) : each(state, value);
    if (length === 0) {
      otherwise?.(state);
    } else {
      const loop = { index0: 0, length };
      frame.loop = loop;
      for (let i = 0; i < length; i += 1) {
        loop.index0 = i;
        state.at = node;
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

  function each(state: RenderState, value: Value): [number, Bind] {
    const items: List = isSafe(value) ? [...value.text] : value ? elementsOf(state, value) : [];
    const { name, slot } = names[0] as (typeof names)[number];
    return [
      items.length,
      (run, frame, i) => {
        run.locals[slot] = items[i];
        declare(frame, name, items[i]);
      },
    ];
  }

  /** Lists of lists by position; objects, and texts as in JavaScript, by key and value. */
  function unpack(state: RenderState, value: Value): [number, Bind] {
    if (isList(value)) {
      return [
        value.length,
        (run, _, i) => {
          const item = value[i];
          if (item === undefined || item === null) {
            throw templateError(node, `Element ${i} of the list is nothing; it cannot be taken apart.`);
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
  }
}

function entryKeys(state: RenderState, value: Value): readonly string[] {
  if (isDict(value)) return keysOf(state, value);
  if (typeof value === 'string' || isSafe(value)) return Object.keys(elementsOf(state, value));
  return [];
}
