import type { Expression } from './ast.ts';

/** How JavaScript's binary operators bind, loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '===', '!=', '!=='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** `first op operand op operand …`, all of one level, evaluated from the left. */
export interface Chain {
  readonly first: Operand;
  readonly rest: readonly { readonly operator: string; readonly operand: Operand; readonly at: Expression }[];
}
export interface Prefixed {
  readonly prefix: '!' | '-' | '+';
  readonly operand: Operand;
}
export type Operand = Chain | Prefixed | { readonly node: Expression } | { readonly literal: string };

type Item =
  | { readonly operator: string; readonly at: Expression }
  | { readonly prefix: Prefixed['prefix'] }
  | { readonly node: Expression }
  | { readonly literal: string };

/**
 * Regroups operators as nunjucks evaluates them. It prints the tree of an expression as JavaScript without parentheses,
 * so JavaScript's precedence decides and not the parser's: `not a == b` is `(not a) == b`, `7 * 3 % 4` is `1`.
 */
export function regroup(expression: Expression): Operand {
  const items: Item[] = [];
  print(expression, items);
  let next = 0;

  const readOperand = (): Operand => {
    const item = items[next] as Item;
    next += 1;
    if ('prefix' in item) return { prefix: item.prefix, operand: readOperand() };
    return item as Operand;
  };
  const readLevel = (level: number): Operand => {
    const operators = LEVELS[level];
    if (operators === undefined) return readOperand();
    const first = readLevel(level + 1);
    const rest: Chain['rest'][number][] = [];
    for (let item = items[next]; item !== undefined && 'operator' in item; item = items[next]) {
      if (!operators.includes(item.operator)) break;
      next += 1;
      rest.push({ operator: item.operator, operand: readLevel(level + 1), at: item.at });
    }
    return rest.length === 0 ? first : { first, rest };
  };
  return readLevel(0);
}

const PRINTED: ReadonlyMap<string, string> = new Map([
  ['Or', '||'],
  ['And', '&&'],
  ['Add', '+'],
  ['Sub', '-'],
  ['Mul', '*'],
  ['Div', '/'],
  ['Mod', '%'],
]);

function print(node: Expression, items: Item[]): void {
  switch (node.typename) {
    case 'Or':
    case 'And':
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'Mod':
      print(node.left, items);
      items.push({ operator: PRINTED.get(node.typename) as string, at: node });
      print(node.right, items);
      return;
    case 'Concat':
      print(node.left, items);
      items.push({ operator: '+', at: node }, { literal: '' }, { operator: '+', at: node });
      print(node.right, items);
      return;
    case 'Compare':
      print(node.expr, items);
      for (const { type, expr } of node.ops) {
        items.push({ operator: type, at: node });
        print(expr, items);
      }
      return;
    case 'Not':
    case 'Neg':
    case 'Pos':
      items.push({ prefix: node.typename === 'Not' ? '!' : node.typename === 'Neg' ? '-' : '+' });
      print(node.target, items);
      return;
    default:
      items.push({ node });
  }
}
