import { type ExecutionArgs, type ExecutionResult, type GraphQLError, getOperationAST } from 'graphql';
import { acceptedTypes } from './accepted-types.ts';
import type { GraphqlContext } from './context.ts';
import type { OperationParams } from './operation-limits.ts';
import { withoutHttp } from './present-error.ts';
import type { GraphqlServer } from './yoga-server.ts';

/** An answer with status 200. */
export interface DirectAnswer {
  readonly type: string;
  readonly body: string;
}

export interface PlainBody extends OperationParams {
  readonly query: string;
}

const MEDIA_TYPES: readonly string[] = ['application/json', 'application/graphql-response+json'];

/**
 * The type that Yoga would answer with: of the ranges that name one the first, whatever weight it has.
 *
 * @returns null: none, or by a rule that nobody needs
 */
function answerType(accept = '*/*'): string | null {
  for (const type of acceptedTypes(accept)) {
    if (MEDIA_TYPES.includes(type)) return type;
    if (type === '*/*' || type === 'application/*') return 'application/json';
    if (type.startsWith('*')) return null;
  }
  return null;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

export function isPlain(body: object): body is PlainBody {
  const { query, variables, operationName, ...rest } = body as Record<string, unknown>;
  if (typeof query !== 'string' || !(isAbsent(operationName) || typeof operationName === 'string')) return false;
  if (!(isAbsent(variables) || (typeof variables === 'object' && !Array.isArray(variables)))) return false;
  return Object.keys(rest).length === 0;
}

function encode(result: ExecutionResult): string {
  const { errors } = result;
  if (errors === undefined) return JSON.stringify(result);
  return JSON.stringify({ ...result, errors: errors.map((error: GraphQLError) => withoutHttp(error).toJSON()) });
}

/**
 * Runs the operation of a POST in Yoga's pipeline, as a WebSocket does, without the Request and Response objects that
 * Yoga makes of HTTP: they cost more than a small operation. Everything out of the ordinary is left to Yoga: what does
 * not parse, is not valid or cannot begin, subscriptions, and any body or `Accept` that would need a rule of its own.
 *
 * @returns null: nothing has run, Yoga is to answer
 */
export async function answerDirectly(
  server: GraphqlServer,
  { body, accept }: { readonly body: object; readonly accept: string | undefined },
  context: GraphqlContext,
): Promise<DirectAnswer | null> {
  const type = answerType(accept);
  if (type === null || !isPlain(body)) return null;
  const { query, variables, operationName } = body;
  const pipeline = server.getEnveloped({ params: body, ...context });
  const document = parsed(pipeline.parse, query);
  if (document === null || pipeline.validate(pipeline.schema, document).length > 0) return null;
  const operation = getOperationAST(document, operationName)?.operation;
  if (operation === undefined || operation === 'subscription') return null;
  const result: ExecutionResult = await pipeline.execute({
    schema: pipeline.schema,
    document,
    variableValues: variables,
    operationName,
    contextValue: await pipeline.contextFactory(),
  } as ExecutionArgs);
  // Without data no field was called: the variables do not fit.
  return result.data === undefined ? null : { type: `${type}; charset=utf-8`, body: encode(result) };
}

export function parsed<Document>(parse: (text: string) => Document, text: string): Document | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
