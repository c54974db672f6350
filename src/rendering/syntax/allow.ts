import { formOf } from '../filters/filter.ts';
import { FILTERS } from '../filters/filters.ts';
import { FUNCTIONS } from '../functions.ts';
import type { Overrun } from '../overrun.ts';
import { templateError } from '../template-error.ts';
import { TESTS } from '../tests.ts';
import type { Root } from './ast.ts';
import { childrenOf, type RawNode, startOf } from './children.ts';
import { filterHint, insteadOfCalling, mendOfMethod, mendOfName, testHint } from './hints.ts';
import { didYouMean } from './suggestion.ts';

/** How deep the tree may be: every walk over it, and every evaluation of it, is a recursion. */
const MAX_TREE_DEPTH = 300;
const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;
const REFUSED_FILTERS: ReadonlyMap<string, string> = new Map([
  [
    'safe',
    '"safe" would let a value write anything into the picture; write the markup in the template, or use "svg", which checks it',
  ],
  ['random', '"random" would draw another picture each time; put the chosen value into the args'],
]);
const METHODS = new Set(['next', 'reset']);

export interface Template {
  readonly root: Root;
  /** The names that the template itself gives to something; every other name is an arg. */
  readonly declared: ReadonlySet<string>;
  /** The size of the tree. */
  readonly nodes: number;
}

type Check = (node: RawNode, callable: ReadonlySet<string>) => void;

/**
 * Proves that a tree of nunjucks' parser holds only what the engine evaluates. Names end in nothing but map keys here,
 * yet only plain ones pass, so that no name can be more than a name anywhere.
 *
 * @throws Refusal TEMPLATE_ERROR
 */
export function allow(root: unknown): Template {
  const nodes: RawNode[] = [];
  const pending: [RawNode, number][] = [[root as RawNode, 1]];
  const declared = new Set(['caller']);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, depth] = next;
    if (depth > MAX_TREE_DEPTH) {
      const limits = { limit: 'depth', used: depth, allowed: MAX_TREE_DEPTH } satisfies Overrun;
      throw templateError(node, 'The expression is too long or nested too deep; split it with "set".', limits);
    }
    nodes.push(node);
    for (const name of namesGiven(node)) declared.add(name);
    const children = node.typename === 'Is' ? operandsOfTest(node) : childrenOf(node);
    for (let i = children.length - 1; i >= 0; i -= 1) pending.push([children[i] as RawNode, depth + 1]);
  }
  for (const node of nodes) {
    const check = CHECKS.get(node.typename);
    if (check === undefined) throw templateError(node, `"${node.typename}" is not supported.`);
    check(node, declared);
  }
  return { root: root as Root, declared, nodes: nodes.length };
}

const passes: Check = () => {};

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...[
    ...[
      'Root',
      'NodeList',
      'Output',
      'TemplateData',
      'Capture',
      'Break',
      'Continue',
      'If',
      'Switch',
      'Case',
      'Array',
      'Dict',
      'InlineIf',
    ],
    ...['KeywordArgs', 'Or', 'And', 'Not', 'In', 'Add', 'Concat', 'Sub', 'Mul', 'Div', 'FloorDiv', 'Mod', 'Pow'],
    ...['Neg', 'Pos', 'Compare', 'CompareOperand', 'Literal'],
  ].map((type) => [type, passes] as const),
  ['Symbol', (node) => plainName(node, 'a name')],
  ['Pair', checkPair],
  [
    'Group',
    (node) => {
      if (childrenOf(node).length === 0) throw templateError(node, 'The parentheses are empty.');
    },
  ],
  [
    'LookupVal',
    (node) => {
      if (node.val === null) throw templateError(node, 'The brackets are empty; write a key or an index in them.');
    },
  ],
  ['FunCall', checkCall],
  ['Filter', checkFilter],
  ['Is', checkTest],
  ['For', (node) => namesGiven(node).length > 0 || plainName(node.name as RawNode, 'the name of the loop')],
  [
    'Set',
    (node) => {
      for (const target of node.targets as RawNode[]) plainName(target, 'the name to set');
    },
  ],
  ['Macro', checkMacro],
  ['Caller', checkMacro],
]);

/** The variables that a node creates. They may come to hold a macro, so they may be called. */
function namesGiven(node: RawNode): readonly string[] {
  switch (node.typename) {
    case 'For': {
      const name = node.name as RawNode;
      const names = name.typename === 'Array' ? childrenOf(name) : [name];
      return names.map((child) => plainName(child, 'the name of the loop'));
    }
    case 'Set':
      return (node.targets as RawNode[]).map((target) => plainName(target, 'the name to set'));
    case 'Macro':
    case 'Caller': {
      const parameters = childrenOf(node.args as RawNode).flatMap((arg) =>
        arg.typename === 'KeywordArgs' ? childrenOf(arg).map((pair) => pair.key as RawNode) : [arg],
      );
      return [node.name as RawNode, ...parameters].map((name) => plainName(name, 'the name of a macro or parameter'));
    }
    default:
      return [];
  }
}

function plainName(node: RawNode, what: string): string {
  const name = node.value;
  if (node.typename === 'Symbol' && typeof name === 'string' && NAME.test(name)) return name;
  if (node.typename !== 'Symbol' || typeof name !== 'string') {
    const quotes = typeof name === 'string' ? ', without quotes' : '';
    throw templateError(node, `Expected ${what}: letters, digits and "_"${quotes}.`);
  }
  throw templateError(node, `"${name.slice(0, 40)}" is no name: ${mendOfName(name)}.`);
}

function checkPair(node: RawNode): void {
  const key = node.key as RawNode;
  const isText = key.typename === 'Literal' && typeof key.value === 'string';
  if (key.typename !== 'Symbol' && !isText) throw templateError(key, 'A key is a name or a quoted text.');
}

function checkMacro(node: RawNode): void {
  const parameters = childrenOf(node.args as RawNode);
  for (const [i, parameter] of parameters.entries()) {
    const last = i === parameters.length - 1;
    if (parameter.typename === 'Symbol' || (parameter.typename === 'KeywordArgs' && last)) continue;
    throw templateError(parameter, 'A parameter of a macro is a name, or name=default.');
  }
}

function checkCall(node: RawNode, callable: ReadonlySet<string>): void {
  const callee = node.name as RawNode;
  if (callee.typename === 'Symbol') {
    const name = String(callee.value);
    if (callable.has(name) || FUNCTIONS.has(name)) return;
    throw templateError(callee, insteadOfCalling(name.slice(0, 40), callable));
  }
  const method = callee.typename === 'LookupVal' ? (callee.val as RawNode | null) : null;
  if (method?.typename === 'Literal' && METHODS.has(String(method.value))) return;
  const mend = method?.typename === 'Literal' ? mendOfMethod(String(method.value)) : null;
  const only = 'Only a macro, a function, or the "next" and "reset" of a cycler can be called';
  throw templateError(startOf(callee), mend === null ? `${only}.` : `"${method?.value}" cannot be called; ${mend}.`);
}

function checkFilter(node: RawNode): void {
  const name = node.name as RawNode;
  const written = String(name.value);
  const refused = REFUSED_FILTERS.get(written);
  if (refused !== undefined) throw templateError(name, `${refused}.`);
  const filter = FILTERS.get(written);
  if (filter === undefined)
    throw templateError(name, `There is no filter "${written.slice(0, 40)}".${filterHint(written)}`);
  const args = childrenOf(node.args as RawNode);
  for (const arg of args) {
    if (arg.typename !== 'KeywordArgs') continue;
    const { parameters = [] } = formOf(filter, args.length - 2, 1);
    for (const { key } of childrenOf(arg) as unknown as { readonly key: RawNode }[]) {
      if (parameters.includes(String(key.value))) continue;
      const known = parameters.length === 0 ? 'it takes none by name' : `there are ${parameters.join(', ')}`;
      const given = String(key.value);
      throw templateError(
        key,
        `The filter "${written}" has no parameter "${given.slice(0, 40)}"; ${known}.${didYouMean(given, parameters)}`,
      );
    }
  }
  const test = args[1];
  if ((written === 'select' || written === 'reject') && test?.typename === 'Literal') knownTest(test);
}

/** Without the test itself: `divisibleby(3)` has the form of a call, and is none. */
function operandsOfTest(node: RawNode): readonly RawNode[] {
  const test = node.right as RawNode;
  return [node.left as RawNode, ...(test.typename === 'FunCall' ? [test.args as RawNode] : [])];
}

function checkTest(node: RawNode): void {
  const test = node.right as RawNode;
  if (test.typename !== 'FunCall') {
    if (test.typename === 'Literal' && test.value !== null)
      throw templateError(test, 'Expected the name of a test after "is", such as "defined"; to compare, write "==".');
    knownTest(test);
    return;
  }
  const name = test.name as RawNode;
  if (name.typename !== 'Symbol')
    throw templateError(name, 'Expected the name of a test after "is", such as "defined"; to compare, write "==".');
  knownTest(name);
  const args = childrenOf(test.args as RawNode);
  if (args.length > 1 || args[0]?.typename === 'KeywordArgs') {
    throw templateError(test, 'A test takes one argument at most.');
  }
}

function knownTest(node: RawNode): void {
  if (node.typename !== 'Symbol' && node.typename !== 'Literal') {
    throw templateError(node, 'Expected the name of a test after "is", such as "defined"; to compare, write "==".');
  }
  const name = node.value === null ? 'null' : String(node.value);
  if (TESTS.has(name)) return;
  throw templateError(node, `There is no test "${name.slice(0, 40)}".${testHint(name)}`);
}
