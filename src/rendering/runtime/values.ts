import type { JsonObject } from '../../json.ts';

/** Marks what the engine makes. Args are JSON and have no symbol keys, so no arg can pass for one of these. */
const KIND = Symbol('kind');

/** Text that is markup already and is written without escaping. */
export interface SafeText {
  readonly [KIND]: 'safe';
  readonly text: string;
  /** True: it is known to be well-formed and harmless wherever text may stand. */
  readonly proven: boolean;
}
export type Keywords = ReadonlyMap<string, Value>;
export interface Macro<State = never> {
  readonly [KIND]: 'macro';
  readonly invoke: (state: State, args: readonly Value[], keywords: Keywords) => Value;
}
export interface Joiner {
  readonly [KIND]: 'joiner';
  readonly separator: Value;
  used: boolean;
}
export interface Cycler {
  readonly [KIND]: 'cycler';
  readonly items: readonly Value[];
  index: number;
  current: Value;
}
export type List = readonly Value[];
export interface Dict {
  readonly [key: string]: Value;
}
type Machine = Macro<never> | Joiner | Cycler;

/** What an expression can yield: JSON, what is absent, and what the engine itself makes. Never a function. */
export type Value = undefined | null | boolean | number | string | SafeText | Machine | List | Dict | JsonObject;

export const safe = (text: string, proven = false): SafeText => ({ [KIND]: 'safe', text, proven });
export const macro = <State>(invoke: Macro<State>['invoke']): Macro<State> => ({ [KIND]: 'macro', invoke });
export const joiner = (separator: Value): Joiner => ({ [KIND]: 'joiner', separator, used: false });
export const cycler = (items: readonly Value[]): Cycler => ({ [KIND]: 'cycler', items, index: -1, current: null });
export const dict = (): { [key: string]: Value } => Object.create(null);

function kindOf(value: Value): 'safe' | 'macro' | 'joiner' | 'cycler' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { readonly [KIND]?: 'safe' | 'macro' | 'joiner' | 'cycler' })[KIND];
}

export const isList = (value: Value): value is List => Array.isArray(value);
export const isSafe = (value: Value): value is SafeText => kindOf(value) === 'safe';
export const isJoiner = (value: Value): value is Joiner => kindOf(value) === 'joiner';
export const isCycler = (value: Value): value is Cycler => kindOf(value) === 'cycler';
export const isMacro = <State>(value: Value | Macro<State>): value is Macro<State> =>
  kindOf(value as Value) === 'macro';
/** An object of keys and values: JSON or made by a dict literal or a filter. */
export const isDict = (value: Value): value is Dict =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && kindOf(value) === undefined;

/** The value as messages call it. */
export function describe(value: Value): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string' || isSafe(value)) return 'a text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  if (isList(value)) return 'a list';
  return isDict(value) ? 'an object' : `a ${kindOf(value)}`;
}
