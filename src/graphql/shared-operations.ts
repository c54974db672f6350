import { executeSync, type GraphQLResolveInfo, Kind, type OperationDefinitionNode, type TypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Frame } from '../frames/frame.ts';
import { oncePerFrame } from '../frames/representation.ts';
import type { Log } from '../log.ts';
import { planLeafResults } from './leaf-results.ts';
import { presentError, withoutHttp } from './present-error.ts';

/** A subscription to frames, whoever watches and whichever session: run once per frame, its result is for all of them. */
export interface SharedOperation {
  /** The result as JSON in UTF-8, made once per frame. */
  readonly result: (frame: Frame) => Buffer;
}

/** Of one document, with different switches. Who has one that is forgotten keeps it. */
const MAX_VARIANTS = 8;

function typeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : typeName(type.type);
}

/**
 * All that the result depends on besides the frame: the switches of `@include` and `@skip`. The other variables can only
 * be arguments of the root field, which have been judged when it was subscribed to; `''` is good for ID and String alike.
 */
function switchesOf({ operation, variableValues }: GraphQLResolveInfo): Record<string, unknown> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, type }) => {
      const name = variable.name.value;
      return [name, typeName(type) === 'Boolean' ? variableValues[name] : ''];
    }),
  );
}

/** Equal operations as one. Documents are told apart by identity, since equal texts are parsed once. */
export function createSharedOperations(log: Log) {
  const known = new WeakMap<OperationDefinitionNode, LRUCache<string, SharedOperation>>();

  function share(info: GraphQLResolveInfo, variableValues: Record<string, unknown>) {
    const { schema, operation, fragments } = info;
    const planned = planLeafResults(info, variableValues);
    const document = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] } as const;

    function execute(frame: Frame): string {
      // Without a context: what would be different for two viewers fails.
      const { data, errors } = executeSync({ schema, document, rootValue: frame, variableValues });
      const presented = errors && { errors: errors.map((error) => withoutHttp(presentError(error, log))) };
      return JSON.stringify({ data, ...presented });
    }

    return { result: oncePerFrame((frame) => Buffer.from(planned?.(frame) ?? execute(frame))) };
  }

  return (info: GraphQLResolveInfo): SharedOperation => {
    const variants = known.get(info.operation) ?? new LRUCache<string, SharedOperation>({ max: MAX_VARIANTS });
    known.set(info.operation, variants);
    const switches = switchesOf(info);
    const key = JSON.stringify(switches);
    const operation = variants.get(key) ?? share(info, switches);
    variants.set(key, operation);
    return operation;
  };
}

export type SharedOperations = ReturnType<typeof createSharedOperations>;
