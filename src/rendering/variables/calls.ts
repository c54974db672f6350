import { FUNCTIONS } from '../functions.ts';
import type { Call } from '../syntax/ast.ts';
import { joinItems, readExpression } from './expressions.ts';
import { flow, type Reading } from './reading.ts';
import { itemsOf, knownShape, type Shape, use } from './shape.ts';

interface Arguments {
  readonly positional: readonly (Shape | null)[];
  readonly keywords: ReadonlyMap<string, Shape | null>;
}

/** Calls of macros, functions, `caller`, joiners, and of a cycler's methods. */
export function readCall(node: Call, reading: Reading): Shape | null {
  const { name: callee } = node;
  const args = readArguments(node, reading);
  if (callee.typename === 'LookupVal') return itemsOf(readExpression(callee.target, reading), callee);
  const macros = reading.macros.get(callee.value);
  if (macros !== undefined) {
    for (const { parameters } of macros) passArguments(args, parameters, reading);
    return null;
  }
  if (!FUNCTIONS.has(callee.value)) return null;
  const given = [...args.positional, ...args.keywords.values()];
  switch (callee.value) {
    case 'range': {
      for (const value of given) use(value, 'number');
      const numbers = knownShape('list');
      numbers.items = knownShape('number');
      return numbers;
    }
    case 'cycler': {
      const values = knownShape('list');
      for (const value of given) joinItems(values, value, reading);
      return values;
    }
    default:
      return null;
  }
}

function readArguments({ args }: Call, reading: Reading): Arguments {
  const positional: (Shape | null)[] = [];
  const keywords = new Map<string, Shape | null>();
  for (const arg of args.children) {
    if (arg.typename !== 'KeywordArgs') positional.push(readExpression(arg, reading));
    else for (const { key, value } of arg.children) keywords.set(key.value, readExpression(value, reading));
  }
  return { positional, keywords };
}

function passArguments(
  { positional, keywords }: Arguments,
  parameters: ReadonlyMap<string, Shape>,
  reading: Reading,
): void {
  for (const [i, [name, parameter]] of [...parameters].entries()) {
    const given = positional[i] ?? keywords.get(name) ?? null;
    if (given !== null) flow(reading, given, parameter);
  }
}
