import { charge, chargeText } from '../runtime/budget.ts';
import { elementsOf, keysOf, member } from '../runtime/members.ts';
import { toKey } from '../runtime/operators.ts';
import type { RenderState } from '../runtime/render-state.ts';
import { joinList, toNumber, toText } from '../runtime/text.ts';
import { describe, dict, isDict, isList, isSafe, type List, type Value } from '../runtime/values.ts';
import { templateError } from '../template-error.ts';
import { TESTS } from '../tests.ts';
import { type Filter, type Filters, requireList, requireSomething, unlessMissing } from './filter.ts';
import { sliceByKeyword } from './tera.ts';

const batch: Filter['apply'] = (state, input, [count, fillWith]) => {
  requireSomething(state, input);
  const elements = elementsOf(state, input);
  const size = toNumber(state, count);
  charge(state, elements.length);
  const batches: Value[][] = [];
  let current: Value[] = [];
  for (const [i, element] of elements.entries()) {
    if (i % size === 0 && current.length > 0) {
      batches.push(current);
      current = [];
    }
    current.push(element);
  }
  if (current.length === 0) return batches;
  if (fillWith && current.length < size) {
    charge(state, Math.ceil(size) - current.length);
    while (current.length < size) current.push(fillWith);
  }
  return [...batches, current];
};

const slice: Filter['apply'] = (state, input, [count, fillWith]) => {
  requireSomething(state, input);
  const slices = toNumber(state, count);
  const isText = typeof input === 'string' || isSafe(input);
  if (slices > 0 && !isText && !isList(input)) {
    throw templateError(state.at, `"slice" takes a list or a text, and not ${describe(input)}.`);
  }
  const elements = elementsOf(state, input);
  if (slices > 0) charge(state, Math.ceil(slices) + elements.length);
  const size = Math.floor(elements.length / slices);
  const extra = elements.length % slices;
  const result: Value[] = [];
  let offset = 0;
  for (let i = 0; i < slices; i += 1) {
    const start = offset + i * size;
    if (i < extra) offset += 1;
    const part = elements.slice(start, offset + (i + 1) * size);
    const isFilled = Boolean(fillWith) && i >= extra;
    if (isFilled && isText) throw templateError(state.at, '"slice" fills only the parts of a list, not of a text.');
    result.push(isText ? part.join('') : isFilled ? [...part, fillWith] : part);
  }
  return result;
};

const first: Filter['apply'] = (state, input) => {
  requireSomething(state, input);
  return member(input, 0);
};

const last: Filter['apply'] = (state, input) => {
  requireSomething(state, input);
  const length = member(input, 'length');
  return typeof length === 'number' ? member(input, length - 1) : undefined;
};

const length: Filter['apply'] = (state, input) => {
  if (input === undefined || input === null || input === false) return 0;
  return isDict(input) ? keysOf(state, input).length : member(input, 'length');
};

const list: Filter['apply'] = (state, input) => {
  if (isList(input)) return input;
  if (typeof input === 'string' || isSafe(input)) return elementsOf(state, input);
  if (!isDict(input)) throw templateError(state.at, '"list" takes a list, a text or an object.');
  return keysOf(state, input).map((key) => Object.assign(dict(), { key, value: member(input, key) }));
};

const join: Filter['apply'] = (state, input, [separator, attribute]) => {
  if (input === undefined && !attribute) return undefined;
  const elements = attribute ? plucked(state, input, attribute) : requireList(state, input);
  const between = separator ? toText(state, separator) : '';
  chargeText(state, between.length * elements.length);
  return joinList(state, elements, between);
};

/** One member of each element. */
export function plucked(state: RenderState, input: Value, attribute: Value): List {
  const key = toKey(state, attribute);
  const elements = input === null || input === undefined ? [] : elementsOf(state, input);
  charge(state, elements.length);
  return elements.map((element) => {
    if (element === undefined || element === null) {
      throw templateError(state.at, `An element of the list is nothing and has no "${key}".`);
    }
    return member(element, key);
  });
}

function filterByTest(expected: boolean): Filter {
  return unlessMissing((state, input, [testName, other]) => {
    requireSomething(state, input);
    const name = testName === undefined ? 'truthy' : toText(state, testName);
    const test = TESTS.get(name);
    if (test === undefined) throw templateError(state.at, `There is no test "${name.slice(0, 40)}".`);
    const elements = elementsOf(state, input);
    charge(state, elements.length);
    // An object that claims a length has elements where it has keys, as a list with gaps.
    const isThere = isDict(input) ? (i: number) => Object.hasOwn(input, i) : () => true;
    return elements.filter((element, i) => isThere(i) && test(state, element, other) === expected);
  });
}

function filterByAttribute(expected: boolean): Filter {
  return unlessMissing((state, input, [attribute]) => {
    const elements = requireList(state, input);
    const members = plucked(state, elements, attribute);
    return elements.filter((_, i) => Boolean(members[i]) === expected);
  });
}

export const LIST_FILTERS: Filters = [
  ['batch', unlessMissing(batch)],
  ['first', unlessMissing(first)],
  ['join', { apply: join, parameters: ['sep', 'attribute'] }],
  ['last', unlessMissing(last)],
  ['length', { apply: length }],
  ['list', unlessMissing(list)],
  ['reject', filterByTest(false)],
  ['rejectattr', filterByAttribute(false)],
  ['select', filterByTest(true)],
  ['selectattr', filterByAttribute(true)],
  ['slice', { ...unlessMissing(slice), byKeyword: sliceByKeyword }],
];
