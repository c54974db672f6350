import { childrenOf, type RawNode } from '../syntax/children.ts';

/**
 * What one pass through a body costs: its number of nodes, and its text by size. Bodies of loops and macros inside it
 * are not counted, they cost with each of their own passes.
 */
export function weightOf(body: object): number {
  let weight = 0;
  for (const node of childrenOf(body as RawNode)) {
    weight += 1;
    if (node.typename === 'TemplateData') weight += String(node.value).length >> 6;
    for (const child of node.typename === 'For' ? [node.arr as RawNode] : [node]) {
      if (child.typename !== 'Macro' && child.typename !== 'Caller') weight += weightOf(child);
    }
    if (node.typename === 'For' && node.else_ !== null) weight += weightOf(node.else_ as RawNode);
  }
  return weight;
}

/** Levels of the tree under a node. */
export function depthOf(node: object): number {
  let depth = 0;
  for (const child of childrenOf(node as RawNode)) depth = Math.max(depth, depthOf(child));
  return depth + 1;
}
