import { charge, chargeText } from './budget.ts';
import type { RenderState } from './render-state.ts';
import { toNumber, toPrimitive, toText } from './text.ts';
import type { Value } from './values.ts';

// JavaScript's operators without its coercions: values become primitive by `toPrimitive`, within the budget.

export type Operator = (state: RenderState, left: Value, right: Value) => Value;

export function add(state: RenderState, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const a = toPrimitive(state, left);
  const b = toPrimitive(state, right);
  if (typeof a !== 'string' && typeof b !== 'string') return Number(a) + Number(b);
  const text = `${a}${b}`;
  chargeText(state, text.length);
  return text;
}

/** Equal texts, and texts with a long beginning in common, are compared to their end. */
function chargeComparison(state: RenderState, left: Value, right: Value): void {
  if (typeof left !== 'string' || typeof right !== 'string') return;
  charge(state, Math.min(left.length, right.length) >> 5);
}

export function strictEquals(state: RenderState, left: Value, right: Value): boolean {
  chargeComparison(state, left, right);
  return left === right;
}

function looseEquals(state: RenderState, left: Value, right: Value): boolean {
  const leftIsObject = typeof left === 'object' && left !== null;
  const rightIsObject = typeof right === 'object' && right !== null;
  if (leftIsObject && rightIsObject) return left === right;
  if (left === undefined || left === null) return right === undefined || right === null;
  if (right === undefined || right === null) return false;
  const a = toPrimitive(state, left);
  const b = toPrimitive(state, right);
  if (typeof a !== typeof b) return toNumber(state, a) === toNumber(state, b);
  return strictEquals(state, a, b);
}

/** Two texts compare as texts, everything else as numbers. */
export function lessThan(state: RenderState, left: Value, right: Value): boolean {
  const a = toPrimitive(state, left);
  const b = toPrimitive(state, right);
  if (typeof a !== 'string' || typeof b !== 'string') return toNumber(state, a) < toNumber(state, b);
  chargeComparison(state, a, b);
  return a < b;
}

export function atMost(state: RenderState, left: Value, right: Value): boolean {
  const a = toPrimitive(state, left);
  const b = toPrimitive(state, right);
  if (typeof a !== 'string' || typeof b !== 'string') return toNumber(state, a) <= toNumber(state, b);
  chargeComparison(state, a, b);
  return a <= b;
}

const numeric =
  (compute: (a: number, b: number) => number): Operator =>
  (state, left, right) =>
    compute(toNumber(state, left), toNumber(state, right));

export const power = numeric((a, b) => a ** b);

/** All but `||` and `&&`, which do not evaluate both sides. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['+', add],
  ['-', numeric((a, b) => a - b)],
  ['*', numeric((a, b) => a * b)],
  ['/', numeric((a, b) => a / b)],
  ['%', numeric((a, b) => a % b)],
  ['==', looseEquals],
  ['!=', (state, left, right) => !looseEquals(state, left, right)],
  ['===', strictEquals],
  ['!==', (state, left, right) => !strictEquals(state, left, right)],
  ['<', lessThan],
  ['>', (state, left, right) => lessThan(state, right, left)],
  ['<=', atMost],
  ['>=', (state, left, right) => atMost(state, right, left)],
]);

/** The key as which a value is used: `a[0]` and `a["0"]` are the same. */
export function toKey(state: RenderState, value: Value): string | number {
  if (typeof value === 'number') return value;
  const key = toText(state, value);
  // Looking up a key hashes all of it.
  charge(state, key.length >> 3);
  return key;
}
