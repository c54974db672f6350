import { charge } from '../runtime/budget.ts';
import { elementsOf, keysOf, member } from '../runtime/members.ts';
import { lessThan, toKey } from '../runtime/operators.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { dict, isDict, isList, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { type Filter, type Filters, requireSomething, unlessMissing } from './filter.ts';

const chargeSort = (state: RenderState, length: number): void =>
  charge(state, length * Math.ceil(Math.log2(length + 1)));

const sort: Filter['apply'] = (state, input, [reversed, caseSensitive, attribute]) => {
  const elements = input === undefined || input === null ? [] : [...elementsOf(state, input)];
  chargeSort(state, elements.length);
  const path = attribute ? pathTo(state, attribute) : [];
  const direction = reversed ? -1 : 1;
  return elements.sort((one, other) => {
    let a = follow(state, one, path);
    let b = follow(state, other, path);
    if (!caseSensitive && typeof a === 'string' && typeof b === 'string') {
      charge(state, (a.length + b.length) >> 5);
      a = a.toLowerCase();
      b = b.toLowerCase();
    }
    if (lessThan(state, a, b)) return -direction;
    return lessThan(state, b, a) ? direction : 0;
  });
};

const dictsort: Filter['apply'] = (state, input, [caseSensitive, by]) => {
  if (!isDict(input)) throw templateError(state.at, '"dictsort" takes an object.');
  if (by !== undefined && by !== 'key' && by !== 'value') {
    throw templateError(state.at, '"dictsort" sorts by "key" or by "value".');
  }
  const entries = keysOf(state, input).map((key): [string, Value] => [key, member(input, key)]);
  chargeSort(state, entries.length);
  const comparable = (entry: [string, Value]): Value => {
    const value = by === 'value' ? entry[1] : entry[0];
    if (typeof value !== 'string' || caseSensitive) return value;
    charge(state, value.length >> 5);
    return value.toUpperCase();
  };
  return entries.sort((one, other) => {
    const a = comparable(one);
    const b = comparable(other);
    if (lessThan(state, b, a)) return 1;
    return a === b ? 0 : -1;
  });
};

const groupby: Filter['apply'] = (state, input, [attribute]) => {
  requireSomething(state, input);
  const path = pathTo(state, attribute);
  const elements = elementsOf(state, input);
  charge(state, elements.length);
  const groups = dict();
  for (const element of elements) {
    const key = toKey(state, follow(state, element, path));
    const group = groups[key];
    if (isList(group)) (group as Value[]).push(element);
    else groups[key] = [element];
  }
  return groups;
};

/** The keys of `a.b`; none: the element itself. */
function pathTo(state: RenderState, attribute: Value): readonly (string | number)[] {
  if (!attribute) return [];
  return typeof attribute === 'string' ? attribute.split('.') : [toKey(state, attribute)];
}

function follow(state: RenderState, element: Value, path: readonly (string | number)[]): Value {
  let value = element;
  for (const key of path) {
    if (value === undefined || value === null) {
      throw templateError(state.at, `An element of the list has no "${path.join('.')}".`);
    }
    value = member(value, key);
    if (value === undefined) return undefined;
  }
  return value;
}

export const ORDERING_FILTERS: Filters = [
  ['dictsort', unlessMissing(dictsort)],
  ['groupby', unlessMissing(groupby)],
  ['sort', { apply: sort, parameters: ['reverse', 'case_sensitive', 'attribute'] }],
];
