import { createRequire } from 'node:module';
import { type GraphQLInputType, isScalarType, Kind, type ValueNode } from 'graphql';

type AstFromValue = (value: unknown, type: GraphQLInputType) => ValueNode | null;

/*
 * graphql-js 16 accepts an object as the default of a custom scalar, `args: JSONObject = {}`, but throws when it prints
 * or introspects one (17 does not). That default is part of our API, so the printer is taught this one case. `require`,
 * because graphql runs as CommonJS and calls this function through its module's `exports`.
 */
const printer = createRequire(import.meta.url)('graphql/utilities/astFromValue.js') as { astFromValue: AstFromValue };
const { astFromValue } = printer;

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

printer.astFromValue = (value, type) =>
  isScalarType(type) && isEmptyObject(value) ? { kind: Kind.OBJECT, fields: [] } : astFromValue(value, type);
