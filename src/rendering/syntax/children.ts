import type { Position } from '../template-error.ts';

/** A node of which nothing is known yet but where it stands. */
export interface RawNode extends Position {
  readonly typename: string;
  readonly fields: readonly string[];
  readonly [field: string]: unknown;
}

function isNode(value: unknown): value is RawNode {
  return typeof value === 'object' && value !== null && 'typename' in value && 'lineno' in value;
}

/** The nodes directly under a node, in the order in which they are written. */
export function childrenOf(node: RawNode): readonly RawNode[] {
  const children: RawNode[] = [];
  // nunjucks hangs the body of a block set beside the declared fields.
  const fields = node.typename === 'Set' ? [...node.fields, 'body'] : node.fields;
  for (const field of fields) {
    const value = node[field];
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children;
}

/** Where an expression begins. nunjucks places a lookup at its dot or bracket, and a call at its parenthesis. */
export function startOf(node: object): Position {
  let start = node as RawNode;
  while (start.typename === 'LookupVal' || start.typename === 'FunCall') {
    start = (start.typename === 'FunCall' ? start.name : start.target) as RawNode;
  }
  return start;
}
