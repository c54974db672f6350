import type { For, If, Output, SetStatement, Statement, Switch } from '../syntax/ast.ts';
import { compare, readCapture, readExpression } from './expressions.ts';
import { advance, useAt, WRITTEN } from './place.ts';
import { argNamed, inScope, lookUp, oneOf, type Reading, type Scope } from './reading.ts';
import { itemsOf, type Shape, use } from './shape.ts';

export function readBody({ children }: { readonly children: readonly Statement[] }, reading: Reading): void {
  for (const statement of children) readStatement(statement, reading);
}

function readStatement(node: Statement, reading: Reading): void {
  switch (node.typename) {
    case 'Output':
      readOutput(node, reading);
      break;
    case 'If':
      readIf(node, reading);
      break;
    case 'For':
      readFor(node, reading);
      break;
    case 'Set':
      readSet(node, reading);
      break;
    case 'Switch':
      readSwitch(node, reading);
      break;
    case 'NodeList':
      readBody(node, reading);
      break;
    // Bodies of macros are read last: they see the top level as it is when they are called.
    case 'Macro':
    case 'Break':
    case 'Continue':
  }
}

function readOutput({ children }: Output, reading: Reading): void {
  for (const child of children) {
    if (child.typename === 'TemplateData') {
      reading.place = advance(reading.place, child.value);
      continue;
    }
    use(readExpression(child, reading), useAt(reading.place));
    reading.place = advance(reading.place, WRITTEN);
  }
}

function readIf(node: If, reading: Reading): void {
  use(readExpression(node.cond, reading), 'asked');
  const { else_ } = node;
  readBranches([() => readBody(node.body, reading), else_ && (() => readStatement(else_, reading))], reading);
}

function readSwitch(node: Switch, reading: Reading): void {
  const subject = readExpression(node.expr, reading);
  for (const { cond } of node.cases) compare(subject, readExpression(cond, reading), true);
  const bodies = [...node.cases.map(({ body }) => body), node.default];
  readBranches(
    bodies.map((body) => body && (() => readBody(body, reading))),
    reading,
  );
}

/** Of which one is taken; null: nothing may happen too. What they set is afterwards one of all that they set. */
function readBranches(branches: readonly ((() => void) | null)[], reading: Reading): void {
  const { scope, place } = reading;
  const read = branches.map((branch) => {
    if (branch === null) return null;
    reading.place = place;
    return inScope(reading, scope, branch);
  });
  const names = new Set(read.flatMap((branch) => [...(branch?.names.keys() ?? [])]));
  for (const name of names) {
    const values = read.map((branch) => branch?.names.get(name));
    const before = values.includes(undefined) ? [valueBefore(name, scope, reading)] : [];
    scope.names.set(name, oneOf(reading, [...before, ...values.map((value) => value ?? null)]));
  }
}

/** Without having been read here. */
function valueBefore(name: string, scope: Scope, reading: Reading): Shape | null {
  const bound = lookUp(scope, name);
  return bound === undefined ? argNamed(reading, name) : bound;
}

function readFor(node: For, reading: Reading): void {
  const list = readExpression(node.arr, reading);
  const { scope: outer, place } = reading;
  const names = node.name.typename === 'Array' ? node.name.children : [node.name];
  const own = inScope(reading, outer, () => {
    for (const [name, value] of bindLoop(node, list)) reading.scope.names.set(name, value);
    reading.scope.names.set('loop', null);
  });
  const body = inScope(reading, own, () => readBody(node.body, reading));
  const { else_ } = node;
  if (else_ !== null) {
    reading.place = place;
    inScope(reading, own, () => readBody(else_, reading));
  }
  for (const [name, value] of body.names) {
    const before = lookUp(outer, name);
    // What was set nowhere before ends with the loop.
    if (before === undefined || names.some((bound) => bound.value === name)) continue;
    outer.names.set(name, oneOf(reading, [before, value]));
  }
}

function bindLoop(node: For, list: Shape | null): readonly (readonly [string, Shape | null])[] {
  if (node.name.typename === 'Symbol') {
    // Of an object that the template made one gets pairs.
    if (list?.known && list.uses.has('object')) return [[node.name.value, null]];
    use(list, 'list');
    return [[node.name.value, itemsOf(list, node.arr, node.name.value)]];
  }
  const names = node.name.children;
  // Keys and values of an object, unless there is more to take apart, or the template makes the list itself.
  const isList = names.length !== 2 || (list?.known && list.uses.has('list'));
  use(list, isList ? 'list' : 'object');
  const items = itemsOf(list, node.arr, isList ? '' : names[1]?.value);
  if (!isList) return names.map(({ value }, i) => [value, i === 0 ? null : items]);
  use(items, 'list');
  return names.map(({ value }) => [value, itemsOf(items, node.arr)]);
}

function readSet(node: SetStatement, reading: Reading): void {
  const value =
    node.value === null ? node.body && readCapture(node.body, reading) : readExpression(node.value, reading);
  for (const { value: name } of node.targets) {
    reading.scope.names.set(name, value ?? null);
    if (node.isGlobal) setOutside(name, value ?? null, reading);
  }
}

function setOutside(name: string, value: Shape | null, reading: Reading): void {
  let { scope } = reading;
  while (scope.parent !== null) scope = scope.parent;
  scope.names.set(name, oneOf(reading, [lookUp(scope, name) ?? null, value]));
}
