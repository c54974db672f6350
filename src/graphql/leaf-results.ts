import {
  defaultFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNullableType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Frame } from '../frames/frame.ts';

/** One entry of a result: its JSON. @throws what graphql would tell as an error */
type Column = (frame: Frame) => string;

const UNFIT = new Error('no value that graphql would take as it is');

/** null: it is for graphql to complete */
function columnOf(type: GraphQLObjectType, name: string): Column | null {
  if (name === '__typename') return () => JSON.stringify(type.name);
  const field = type.getFields()[name];
  const leaf = getNullableType(field?.type);
  if (field === undefined || field.args.length > 0 || !isLeafType(leaf)) return null;
  const resolve = field.resolve ?? defaultFieldResolver;
  // Of all that graphql would tell a resolver: those of frames look at the frame alone.
  const info = { fieldName: name } as GraphQLResolveInfo;
  return (frame) => {
    const value = resolve(frame, {}, undefined, info);
    if (value instanceof Error || value instanceof Promise) throw UNFIT;
    const json = JSON.stringify(leaf.serialize(value));
    if (json === undefined || json === 'null') throw UNFIT;
    return json;
  };
}

/**
 * The results of an operation on frames as JSON, from a plan made once: what its selection comes to is the same for each
 * frame, and for graphql to find it out anew costs four times the result. Which fields are selected, and in which order,
 * graphql says itself.
 *
 * @param info of the root field
 * @param switches the variables of `@include` and `@skip`
 * @returns null: graphql is to execute it; likewise for a frame, where a field has no plain value
 */
export function planLeafResults(
  { schema, fragments, returnType, fieldNodes, path }: GraphQLResolveInfo,
  switches: Record<string, unknown>,
): ((frame: Frame) => string | null) | null {
  const type = getNullableType(returnType);
  if (!isObjectType(type)) return null;
  const columns: [before: string, Column][] = [];
  try {
    for (const [key, [node]] of collectSubfields(schema, fragments, switches, type, fieldNodes)) {
      const column = node === undefined ? null : columnOf(type, node.name.value);
      if (column === null) return null;
      columns.push([`${columns.length === 0 ? '' : ','}${JSON.stringify(key)}:`, column]);
    }
  } catch {
    // A switch that is no Boolean: graphql has the words for it.
    return null;
  }
  const beginning = `{"data":{${JSON.stringify(path.key)}:{`;
  return (frame) => {
    let json = beginning;
    try {
      for (const [before, column] of columns) json += before + column(frame);
    } catch {
      return null;
    }
    return `${json}}}}`;
  };
}
