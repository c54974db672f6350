import { templateError } from '../template-error.ts';
import { charge, chargeSearch } from './budget.ts';
import { strictEquals, toKey } from './operators.ts';
import type { Loop, RenderState } from './render-state.ts';
import { toText } from './text.ts';
import { type Dict, describe, dict, isCycler, isDict, isList, isSafe, type List, type Value } from './values.ts';

/** `object[key]`: own properties of data, index and length of lists and texts, nothing of anything else. */
export function member(object: Value, key: string | number): Value {
  if (typeof object === 'string') return ownOf(object, key);
  if (typeof object !== 'object' || object === null) return undefined;
  if (isSafe(object)) return ownOf(object.text, key);
  if (isList(object) || isDict(object)) {
    return Object.hasOwn(object, key) ? (object as Dict)[key as string] : undefined;
  }
  return isCycler(object) && key === 'current' ? object.current : undefined;
}

function ownOf(text: string, key: string | number): Value {
  return Object.hasOwn(text as unknown as object, key) ? (text as unknown as Dict)[key as string] : undefined;
}

export function memberOfLoop(loop: Loop, key: string | number): Value {
  switch (key) {
    case 'index':
      return loop.index0 + 1;
    case 'index0':
      return loop.index0;
    case 'revindex':
      return loop.length - loop.index0;
    case 'revindex0':
      return loop.length - loop.index0 - 1;
    case 'first':
      return loop.index0 === 0;
    case 'last':
      return loop.index0 === loop.length - 1;
    case 'length':
      return loop.length;
    default:
      return undefined;
  }
}

const LOOP_KEYS = ['index', 'index0', 'revindex', 'revindex0', 'first', 'last', 'length'];

/** `loop` itself as data. */
export function loopObject(loop: Loop): Dict {
  const object = dict();
  for (const key of LOOP_KEYS) object[key] = memberOfLoop(loop, key);
  return object;
}

/** `key in container`, by own keys, elements or substrings. */
export function contains(state: RenderState, key: Value, container: Value): boolean {
  if (container === undefined) return false;
  if (isList(container)) {
    charge(state, container.length >> 3);
    return container.some((element) => strictEquals(state, element, key));
  }
  if (typeof container === 'string' || isSafe(container)) {
    const text = toText(state, container);
    const sought = toText(state, key);
    chargeSearch(state, text.length, sought.length);
    return text.includes(sought);
  }
  if (isDict(container)) return Object.hasOwn(container, toKey(state, key));
  throw templateError(state.at, `"in" searches a list, a text or an object, and not ${describe(container)}.`);
}

/** The elements of a list, the characters of a text; of an object as many elements as its `length` claims, charged. */
export function elementsOf(state: RenderState, value: Value): List {
  if (isList(value)) return value;
  if (typeof value === 'string' || isSafe(value)) {
    const text = toText(state, value);
    charge(state, text.length);
    return text.split('');
  }
  const length = isDict(value) ? member(value, 'length') : undefined;
  if (typeof length !== 'number' || !(length > 0)) return [];
  charge(state, Math.ceil(length));
  return Array.from({ length }, (_, i) => member(value, i));
}

/** Own keys, charged. */
export function keysOf(state: RenderState, object: Dict): readonly string[] {
  const keys = Object.keys(object);
  charge(state, keys.length);
  return keys;
}
