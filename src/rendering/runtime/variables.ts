import { loopObject } from './members.ts';
import type { Frame, Loop, RenderState } from './render-state.ts';
import type { Value } from './values.ts';

export const openFrame = (parent: Frame | null, isolated: boolean): Frame => ({
  variables: null,
  parent,
  isolated,
  topLevel: false,
  loop: null,
});

export const topFrame = (): Frame => ({ variables: null, parent: null, isolated: false, topLevel: true, loop: null });

/** @param global its number among the globals. */
export function readVariable(state: RenderState, name: string, global: number): Value {
  for (let frame: Frame | null = state.frame; frame !== null; frame = frame.parent) {
    const value = frame.variables?.get(name);
    if (value !== undefined) return value;
  }
  return state.globals[global];
}

/** The innermost loop, unless a variable of that name hides it. */
export function currentLoop(state: RenderState): Loop | null {
  for (let frame: Frame | null = state.frame; frame !== null; frame = frame.parent) {
    if (frame.variables?.get('loop') !== undefined) return null;
    if (frame.loop !== null) return frame.loop;
  }
  return null;
}

/** What the name `loop` stands for. */
export function readLoop(state: RenderState, global: number): Value {
  const loop = currentLoop(state);
  return loop === null ? readVariable(state, 'loop', global) : loopObject(loop);
}

export function declare(frame: Frame, name: string, value: Value): void {
  frame.variables ??= new Map();
  frame.variables.set(name, value);
}

/** `{% set %}`: changes the variable where it is defined, else creates it in the frame under way. */
export function assign(state: RenderState, name: string, global: number, value: Value): void {
  const { frame } = state;
  declare(definingFrame(frame, name) ?? frame, name, value);
  if (frame.topLevel) state.globals[global] = value;
}

/** As nunjucks has it, only the innermost frame's isolation counts. */
function definingFrame(innermost: Frame, name: string): Frame | null {
  for (let frame: Frame | null = innermost; frame !== null; frame = frame.parent) {
    if (frame.variables?.get(name) !== undefined) return frame;
    if (frame === innermost && frame.isolated) return null;
  }
  return null;
}

/** `{% set_global %}`: sets the variable outside all loops; of a macro, in the macro. */
export function assignGlobally(state: RenderState, name: string, global: number, value: Value): void {
  let frame = state.frame;
  while (frame.parent !== null) frame = frame.parent;
  declare(frame, name, value);
  if (frame.topLevel) state.globals[global] = value;
}
