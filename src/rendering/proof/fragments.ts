import type { Caller, Macro } from '../syntax/ast.ts';
import { childrenOf, type RawNode } from '../syntax/children.ts';

/** The nodes right under a node, without the statements of its bodies. */
function expressionsOf(node: RawNode): readonly RawNode[] {
  switch (node.typename) {
    case 'If':
      return [node.cond as RawNode];
    case 'For':
      return [node.arr as RawNode];
    case 'Switch':
      return [node.expr as RawNode, ...(node.cases as readonly RawNode[]).map(({ cond }) => cond as RawNode)];
    case 'Macro':
    case 'Caller':
      return [node.args as RawNode];
    default:
      return childrenOf(node);
  }
}

/**
 * The macros and call blocks within the expressions of a node, or within what it captures: they yield markup that may be
 * written anywhere in the picture. What is captured itself is text, and is escaped when it is written.
 */
export function fragmentsIn(node: object, isCaptured = false): readonly (Macro | Caller)[] {
  const children = isCaptured ? childrenOf(node as RawNode) : expressionsOf(node as RawNode);
  return children.flatMap((child) => {
    const isFragment = child.typename === 'Caller' || child.typename === 'Macro';
    if (isFragment) return [child as unknown as Macro | Caller];
    return fragmentsIn(child, isCaptured || child.typename === 'Capture');
  });
}
