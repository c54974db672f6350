import { GraphQLError, Kind, type ObjectValueNode, type ValueNode } from 'graphql';
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../json.ts';
import { builder } from '../builder.ts';

type Variables = Readonly<Record<string, unknown>> | null | undefined;

function refuse(what: string, node?: ValueNode): GraphQLError {
  return new GraphQLError(`A JSONObject is an object such as {price: 42}, ${what}.`, node ? { nodes: node } : {});
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Recursion is bounded by the limit on nested brackets. Returns undefined for a variable that was not given. */
function literal(node: ValueNode, variables: Variables): JsonValue | undefined {
  switch (node.kind) {
    case Kind.OBJECT:
      return objectLiteral(node, variables);
    case Kind.LIST:
      return node.values.map((item) => literal(item, variables) ?? null);
    case Kind.VARIABLE:
      return variables?.[node.name.value] as JsonValue | undefined;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.ENUM:
      throw refuse(`and ${node.value} in it is no JSON; a text is quoted`, node);
  }
}

function objectLiteral(node: ObjectValueNode, variables: Variables): JsonObject {
  // Without a prototype `__proto__` is a key like any other.
  const object: Record<string, JsonValue> = Object.create(null);
  for (const field of node.fields) {
    const value = literal(field.value, variables);
    if (value !== undefined) object[field.name.value] = value;
  }
  return object;
}

builder.scalarType('JSONObject', {
  description: [
    'A JSON object (RFC 8259) with any keys, for example `{"price": 42, "history": [1, 2, 3]}`, 24 levels deep at most.',
    'Best sent as a variable; written into the document it follows GraphQL: `{price: 42, history: [1, 2, 3]}`.',
  ].join('\n'),
  serialize: (value) => value,
  parseValue: (value) => {
    if (!isObject(value)) throw refuse(`not ${Array.isArray(value) ? 'a list' : typeof value}`);
    return value;
  },
  parseLiteral: (node, variables) => {
    if (node.kind !== Kind.OBJECT) throw refuse('not a single value or a list', node);
    return objectLiteral(node, variables);
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value (RFC 8259): a text, a number, true, false, null, a list or an object.',
  serialize: (value) => value,
});

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

function parseMoment(value: unknown, node?: ValueNode): number {
  const parsed = moment.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = 'A DateTime is a text such as "2026-11-21T12:34:56Z" (RFC 3339).';
  throw new GraphQLError(message, node ? { nodes: node } : {});
}

builder.scalarType('DateTime', {
  description: 'A moment (RFC 3339), answered in UTC with milliseconds, for example `2026-11-21T12:34:56.789Z`.',
  serialize: (milliseconds) => new Date(milliseconds).toISOString(),
  parseValue: (value) => parseMoment(value),
  parseLiteral: (node) => parseMoment(node.kind === Kind.STRING ? node.value : undefined, node),
});
