import { chargeText } from './runtime/budget.ts';
import { contains } from './runtime/members.ts';
import { atMost, lessThan, strictEquals } from './runtime/operators.ts';
import type { RenderState } from './runtime/render-state.ts';
import { toNumber } from './runtime/text.ts';
import { isCycler, isDict, isJoiner, isList, isMacro, isSafe, type Value } from './runtime/values.ts';

type Test = (state: RenderState, value: Value, other: Value) => boolean;

const greater: Test = (state, value, other) => lessThan(state, other, value);
const isText = (value: Value): value is string => typeof value === 'string';

/** The text, paid for. */
function cased(state: RenderState, text: string): string {
  chargeText(state, text.length);
  return text;
}

/** How one of Tera's tests looks at one end of a text. */
const atEnd =
  (matches: (text: string, part: string) => boolean): Test =>
  (state, value, other) =>
    isText(value) && isText(other) && matches(cased(state, value), cased(state, other));

/** The tests of `is`, `select` and `reject`, with nunjucks' meaning; Tera's where nunjucks has none. */
export const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['callable', (_, value) => isMacro(value) || isJoiner(value)],
  ['containing', (state, value, other) => contains(state, other, value)],
  ['defined', (_, value) => value !== undefined],
  ['divisibleby', (state, value, other) => toNumber(state, value) % toNumber(state, other) === 0],
  ['ending_with', atEnd((text, part) => text.endsWith(part))],
  ['eq', strictEquals],
  ['equalto', strictEquals],
  ['escaped', (_, value) => isSafe(value)],
  ['even', (state, value) => toNumber(state, value) % 2 === 0],
  ['falsy', (_, value) => !value],
  ['ge', (state, value, other) => atMost(state, other, value)],
  ['greaterthan', greater],
  ['gt', greater],
  ['iterable', (_, value) => isList(value) || isText(value) || isSafe(value)],
  ['le', atMost],
  ['lessthan', lessThan],
  ['lower', (state, value) => isText(value) && cased(state, value).toLowerCase() === value],
  ['lt', lessThan],
  ['mapping', (_, value) => isDict(value) || isCycler(value) || isSafe(value)],
  ['ne', (state, value, other) => !strictEquals(state, value, other)],
  ['null', (_, value) => value === null],
  ['number', (_, value) => typeof value === 'number'],
  ['object', (_, value) => isDict(value)],
  ['odd', (state, value) => toNumber(state, value) % 2 === 1],
  ['sameas', strictEquals],
  ['starting_with', atEnd((text, part) => text.startsWith(part))],
  ['string', (_, value) => isText(value)],
  ['truthy', (_, value) => Boolean(value)],
  ['undefined', (_, value) => value === undefined],
  ['upper', (state, value) => isText(value) && cased(state, value).toUpperCase() === value],
]);
