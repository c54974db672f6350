import { warnUndefined } from '../runtime/render-state.ts';
import type { Value } from '../runtime/values.ts';
import { readLoop, readVariable } from '../runtime/variables.ts';
import type { Name } from '../syntax/ast.ts';
import { type Position, positionOf } from '../template-error.ts';
import { type Evaluate, globalOf, type Place, readPlace, resolve, type Scope } from './scope.ts';

export function compileName(node: Name, scope: Scope, tolerant: boolean): Evaluate {
  const name = node.value;
  if (tolerant) return reader(name, scope);
  const place = resolve(scope, name);
  // Nearly all names of a template are one of these two: a closure around another one would double what they take.
  const at = positionOf(node);
  if (place?.hops === 0) return warningLocal(place.slot, name, at);
  if (place === null && isGlobal(name, scope)) return warningGlobal(globalOf(scope, name), name, at);
  return warning(reader(name, scope), name, at);
}

// Functions of their own, so that a closure holds what it needs and nothing of the compiler.

const warning =
  (read: Evaluate, name: string, at: Position): Evaluate =>
  (state) => {
    const value = read(state);
    if (value === undefined) warnUndefined(state, name, at);
    return value;
  };

const warningLocal =
  (slot: number, name: string, at: Position): Evaluate =>
  (state) => {
    const value = state.locals[slot] as Value;
    if (value === undefined) warnUndefined(state, name, at);
    return value;
  };

const warningGlobal =
  (global: number, name: string, at: Position): Evaluate =>
  (state) => {
    const value = state.globals[global];
    if (value === undefined) warnUndefined(state, name, at);
    return value;
  };

const local =
  (slot: number): Evaluate =>
  (state) =>
    state.locals[slot] as Value;
const global =
  (number: number): Evaluate =>
  (state) =>
    state.globals[number];

const outer =
  (place: Place): Evaluate =>
  (state) =>
    readPlace(state, place);
const loopOr =
  (number: number): Evaluate =>
  (state) =>
    readLoop(state, number);
const variable =
  (name: string, number: number): Evaluate =>
  (state) =>
    readVariable(state, name, number);

function isGlobal(name: string, { names }: Scope): boolean {
  return name !== 'loop' && !names.declared.has(name);
}

function reader(name: string, scope: Scope): Evaluate {
  const place = resolve(scope, name);
  if (place !== null) return place.hops === 0 ? local(place.slot) : outer(place);
  const number = globalOf(scope, name);
  if (isGlobal(name, scope)) return global(number);
  return name === 'loop' ? loopOr(number) : variable(name, number);
}
