import { createSourceEventStream, getOperationAST } from 'graphql';
import { acceptedTypes } from './accepted-types.ts';
import type { GraphqlContext } from './context.ts';
import { isPlain, parsed } from './direct-post.ts';
import type { Handover } from './handover.ts';
import type { GraphqlServer } from './yoga-server.ts';

/** As Yoga judges it. */
export function acceptsEvents(accept: string | undefined): boolean {
  return acceptedTypes(accept || '*/*').some((type) => /^(\*|text)\/(\*|event-stream)$/.test(type));
}

/**
 * Begins the subscription of a request whose frames its transport writes. Of Yoga's pipeline it takes what judges an
 * operation, and leaves what makes requests, responses and streams of it and wraps its results: nobody reads those, but
 * each opening would leave 12 KB of them behind that outlive the young generation of the heap. What cannot begin is left
 * to Yoga, as `answerDirectly` leaves it.
 *
 * @param params as in the body of a POST, or the query of a GET with its `variables` parsed
 * @param handover that of the context
 * @returns false: nothing has begun, Yoga is to answer
 */
export async function subscribeDirectly(
  server: GraphqlServer,
  params: object,
  context: GraphqlContext,
  handover: Handover,
): Promise<boolean> {
  if (!isPlain(params)) return false;
  const { query, variables, operationName } = params;
  const pipeline = server.getEnveloped({ params, ...context });
  const document = parsed(pipeline.parse, query);
  if (document === null || pipeline.validate(pipeline.schema, document).length > 0) return false;
  if (getOperationAST(document, operationName)?.operation !== 'subscription') return false;
  await createSourceEventStream({
    schema: pipeline.schema,
    document,
    variableValues: variables as Record<string, unknown> | null,
    operationName: operationName as string | null,
    contextValue: await pipeline.contextFactory(),
  });
  return handover.begun;
}
