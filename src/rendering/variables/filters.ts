import { formOf } from '../filters/filter.ts';
import { FILTERS } from '../filters/filters.ts';
import type { Expression, Filter } from '../syntax/ast.ts';
import { flow, oneOf, type Reading } from './reading.ts';
import { fieldAt, itemsOf, knownShape, type Shape, type Use, use } from './shape.ts';

/** What filters take. Of those that are not named nothing is guessed. */
const INPUTS: ReadonlyMap<string, Use> = new Map(
  (
    [
      ['number', ['abs', 'filesizeformat', 'float', 'int', 'pluralize', 'round']],
      ['number', ['bytes', 'clamp', 'compact', 'duration', 'format', 'number', 'percent', 'polar', 'arc', 'scale']],
      ['text', ['capitalize', 'center', 'indent', 'lower', 'nl2br', 'pad', 'replace', 'slugify', 'split', 'striptags']],
      ['text', ['title', 'trim', 'trim_end', 'trim_start', 'truncate', 'upper', 'urlencode', 'urlize', 'wordcount']],
      ['list', ['batch', 'concat', 'filter', 'first', 'group_by', 'groupby', 'join', 'last', 'list', 'map', 'nth']],
      ['list', ['reject', 'rejectattr', 'reverse', 'select', 'selectattr', 'slice', 'sort', 'sum', 'unique']],
      ['list', ['area', 'avg', 'bars', 'extent', 'max', 'min', 'points', 'slices', 'sparkline', 'ticks']],
      ['object', ['dictsort', 'get']],
      ['color', ['alpha', 'mix']],
      ['printed', ['e', 'escape', 'forceescape', 'string']],
      ['sized', ['length']],
    ] as const
  ).flatMap(([how, names]) => names.map((name) => [name, how])),
);

/** Of the elements of these lists, or of the member that `attribute` names. */
const OF_NUMBERS = new Set(['area', 'avg', 'bars', 'extent', 'max', 'min', 'points', 'slices', 'sparkline', 'sum']);
const SAME = new Set(['e', 'escape', 'forceescape', 'string', 'list', 'reverse', 'sort', 'filter', 'select', 'reject']);
const SAME_LIST = new Set(['selectattr', 'rejectattr', 'unique', 'slice', 'concat']);
const ONE_ITEM = new Set(['first', 'last', 'nth']);
const GROUPS = new Set(['groupby', 'group_by']);
const NUMBERS = new Set(['abs', 'float', 'int', 'length', 'round', 'sum', 'wordcount', 'avg', 'max', 'min', 'scale']);

interface Given {
  readonly value: Shape | null;
  readonly node: Expression;
}

/** @param given the arguments by the names of the filter's parameters, else by their position. */
export function readFilter(
  node: Filter,
  input: Shape | null,
  given: ReadonlyMap<string, Given>,
  reading: Reading,
): Shape | null {
  const name = node.name.value;
  if (name === 'default' || name === 'd') return readDefault(input, given.get('value'), reading);
  const how = INPUTS.get(name);
  if (how === undefined || input === null) return null;
  use(input, how);
  const literal = (parameter: string): string | null => {
    const argument = given.get(parameter)?.node;
    return argument?.typename === 'Literal' && typeof argument.value === 'string' ? argument.value : null;
  };
  const attribute =
    literal('attribute') ?? (name.endsWith('attr') || GROUPS.has(name) || name === 'sum' ? literal('0') : null);
  const items = how === 'list' ? itemsOf(input, node.name) : null;
  const member = attribute === null ? items : fieldAt(items, attribute, node.name);
  if (attribute !== null) use(member, name.endsWith('attr') ? 'asked' : 'printed');
  if (name === 'join') use(member, 'printed');
  if (OF_NUMBERS.has(name)) use(member, 'number');
  if (name === 'filter') use(member, useOf(given.get('value')?.value ?? null));
  if (name === 'concat') return oneOf(reading, [input, given.get('with')?.value ?? null]);
  if (SAME.has(name) || SAME_LIST.has(name)) return input;
  if (ONE_ITEM.has(name)) return items;
  if (NUMBERS.has(name)) return knownShape('number');
  if (how === 'text' && name !== 'split') {
    // What is done with the shortened text tells of the text too.
    const text = knownShape('text');
    flow(reading, input, text);
    return text;
  }
  return readParts(name, input, member, literal('key'), node);
}

function readParts(name: string, input: Shape, member: Shape | null, key: string | null, node: Filter): Shape | null {
  if (name === 'get') return key === null ? null : fieldAt(input, key, node.name);
  const parts = knownShape(GROUPS.has(name) || name === 'dictsort' ? 'object' : 'list');
  if (GROUPS.has(name) || name === 'batch') parts.items = input;
  else if (name === 'map') parts.items = member;
  else if (name === 'dictsort') parts.items = itemsOf(input, node.name);
  else return null;
  return parts;
}

function readDefault(input: Shape | null, given: Given | undefined, reading: Reading): Shape | null {
  if (given === undefined) return input;
  if (input !== null) setFallback(input, given.node);
  return oneOf(reading, [input, given.value]);
}

/** Literals, and lists of nothing, which a form can show. */
export function setFallback(value: Shape, node: Expression): void {
  if (value.known) return;
  if (node.typename === 'Literal' && node.value !== null) value.fallback ??= node.value;
  if (node.typename === 'Array' && node.children.length === 0) value.fallback ??= [];
  if (node.typename === 'Dict' && node.children.length === 0) value.fallback ??= {};
  if (node.typename === 'Neg' && node.target.typename === 'Literal') {
    if (typeof node.target.value === 'number') value.fallback ??= -node.target.value;
  }
}

const useOf = (value: Shape | null): Use => (value?.known ? ([...value.uses][0] ?? 'printed') : 'printed');

/** The name of each positional argument of a filter, and its position where it has none. */
export function parameterNames(node: Filter, positional: number, keywords: number): readonly string[] {
  const filter = FILTERS.get(node.name.value);
  const { parameters = [] } = filter === undefined ? {} : formOf(filter, positional, keywords);
  return Array.from({ length: positional }, (_, i) => parameters[i] ?? String(i));
}
