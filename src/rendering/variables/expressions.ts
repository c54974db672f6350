import type { Capture, Dict, Expression, Filter, Is, Lookup, Name } from '../syntax/ast.ts';
import { startOf } from '../syntax/children.ts';
import { readCall } from './calls.ts';
import { parameterNames, readFilter, setFallback } from './filters.ts';
import { IN_TEXT } from './place.ts';
import { argNamed, flow, inScope, lookUp, oneOf, type Reading } from './reading.ts';
import {
  fieldOf,
  isText,
  itemsOf,
  knownShape,
  readAt,
  type Shape,
  shapeOf,
  type Use,
  unknownShape,
  use,
} from './shape.ts';
import { readBody } from './statements.ts';

/** @returns what may be told of the value; null: nothing */
export function readExpression(node: Expression, reading: Reading): Shape | null {
  const read = (part: Expression): Shape | null => readExpression(part, reading);
  switch (node.typename) {
    case 'Literal':
      return shapeOf(node.value);
    case 'Symbol':
      return readName(node, reading);
    case 'LookupVal':
      return readLookup(node, reading);
    case 'Group':
      return node.children.map(read).at(-1) ?? null;
    case 'Array': {
      const list = knownShape('list');
      for (const value of node.children.map(read)) joinItems(list, value, reading);
      return list;
    }
    case 'Dict':
      return readDict(node, reading);
    case 'FunCall':
      return readCall(node, reading);
    case 'Filter':
      return readFiltered(node, reading);
    case 'Capture':
      return readCapture(node, reading);
    case 'Caller':
      inScope(reading, reading.scope, () => {
        for (const arg of node.args.children) {
          if (arg.typename === 'Symbol') reading.scope.names.set(arg.value, null);
        }
        readCapture(node, reading);
      });
      return null;
    case 'InlineIf':
      use(read(node.cond), 'asked');
      return oneOf(reading, [read(node.body), node.else_ === null ? null : read(node.else_)]);
    case 'Or':
    case 'And': {
      const left = read(node.left);
      use(left, 'asked');
      if (node.typename === 'Or' && left !== null) setFallback(left, node.right);
      return oneOf(reading, [left, read(node.right)]);
    }
    case 'Not':
      use(read(node.target), 'asked');
      return knownShape('boolean');
    case 'In':
      return readIn(read(node.left), read(node.right));
    case 'Is':
      return readTest(node, reading);
    case 'Compare': {
      let left = read(node.expr);
      for (const { type, expr } of node.ops) {
        const right = read(expr);
        compare(left, right, /^[!=]/.test(type));
        left = right;
      }
      return knownShape('boolean');
    }
    case 'Concat':
      return written(read(node.left), read(node.right));
    case 'Add': {
      const [left, right] = [read(node.left), read(node.right)];
      return isText(left) || isText(right) ? written(left, right) : calculated(left, right);
    }
    case 'Neg':
    case 'Pos':
      return calculated(read(node.target));
    default:
      return calculated(read(node.left), read(node.right));
  }
}

function calculated(...operands: readonly (Shape | null)[]): Shape {
  for (const operand of operands) use(operand, 'number');
  return knownShape('number');
}

function written(...parts: readonly (Shape | null)[]): Shape {
  for (const part of parts) use(part, 'printed');
  return knownShape('text');
}

/** What is compared with a value of a known kind is of that kind. */
export function compare(left: Shape | null, right: Shape | null, isEquality: boolean): void {
  for (const [value, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (value === null || value.known) continue;
    if (other?.known) for (const how of other.uses) use(value, how);
    else if (!isEquality) use(value, 'number');
  }
}

function readIn(left: Shape | null, right: Shape | null): Shape {
  if (right !== null && !isText(right)) use(right, 'list');
  const items = right?.known ? right.items : null;
  if (left !== null && items !== null) for (const how of items.uses) use(left, how);
  return knownShape('boolean');
}

function readName(node: Name, reading: Reading): Shape | null {
  const bound = lookUp(reading.scope, node.value);
  if (bound === null) return null;
  const value = bound ?? argNamed(reading, node.value);
  readAt(value, node);
  return value;
}

function readLookup(node: Lookup, reading: Reading): Shape | null {
  const { target, val } = node;
  const object = readExpression(target, reading);
  if (val.typename === 'Literal' && val.value !== null) {
    const key = String(val.value);
    if (target.typename === 'Symbol' && target.value === 'loop' && object === null) {
      return knownShape(key === 'first' || key === 'last' ? 'boolean' : 'number');
    }
    if (key === 'length') {
      use(object, 'sized');
      return knownShape('number');
    }
    if (/^\d+$/.test(key)) {
      use(object, 'list');
      return itemsOf(object, startOf(node));
    }
    use(object, 'object');
    return fieldOf(object, key, startOf(node));
  }
  const key = readExpression(val, reading);
  use(object, key?.known && key.uses.has('number') ? 'list' : 'object');
  return itemsOf(object, startOf(node));
}

export function joinItems(list: Shape, value: Shape | null, reading: Reading): void {
  list.items ??= unknownShape();
  if (value !== null) flow(reading, value, list.items);
}

function readDict(node: Dict, reading: Reading): Shape {
  const object = knownShape('object');
  for (const { key, value } of node.children) {
    const member = fieldOf(object, key.value, null);
    const given = readExpression(value, reading);
    if (given !== null && member !== null) flow(reading, given, member);
  }
  return object;
}

export function readCapture({ body }: Pick<Capture, 'body'>, reading: Reading): Shape {
  const { place } = reading;
  reading.place = IN_TEXT;
  readBody(body, reading);
  reading.place = place;
  return knownShape('text');
}

function readFiltered(node: Filter, reading: Reading): Shape | null {
  const [first, ...others] = node.args.children;
  if (first === undefined || first.typename === 'KeywordArgs') return null;
  const input = readExpression(first, reading);
  const positional = others.filter((arg) => arg.typename !== 'KeywordArgs');
  const keywords = others.flatMap((arg) => (arg.typename === 'KeywordArgs' ? arg.children : []));
  const names = parameterNames(node, positional.length, keywords.length);
  const given = [
    ...keywords.map(({ key, value }) => [key.value, value] as const),
    ...positional.map((value, i) => [names[i] ?? '', value] as const),
  ].map(([name, value]) => [name, { node: value, value: readExpression(value, reading) }] as const);
  return readFilter(node, input, new Map(given), reading);
}

const TESTS_OF: ReadonlyMap<string, Use> = new Map([
  ...['divisibleby', 'even', 'number', 'odd'].map((name) => [name, 'number'] as const),
  ...['ending_with', 'lower', 'starting_with', 'string', 'upper'].map((name) => [name, 'text'] as const),
  ...['containing', 'iterable'].map((name) => [name, 'list'] as const),
  ...['mapping', 'object'].map((name) => [name, 'object'] as const),
  ...['falsy', 'truthy'].map((name) => [name, 'asked'] as const),
]);
const EQUALITIES = new Set(['eq', 'equalto', 'ne', 'sameas']);
const ORDERS = new Set(['ge', 'greaterthan', 'gt', 'le', 'lessthan', 'lt']);

function readTest({ left, right }: Is, reading: Reading): Shape {
  const value = readExpression(left, reading);
  const name = right.typename === 'FunCall' ? (right.name as Name).value : String(right.value);
  const argument = right.typename === 'FunCall' ? right.args.children[0] : undefined;
  const other =
    argument === undefined || argument.typename === 'KeywordArgs' ? null : readExpression(argument, reading);
  const how = TESTS_OF.get(name);
  if (how !== undefined) use(value, how);
  if (EQUALITIES.has(name) || ORDERS.has(name)) compare(value, other, EQUALITIES.has(name));
  return knownShape('boolean');
}
