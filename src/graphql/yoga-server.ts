import { type DocumentNode, type GraphQLError, validate } from 'graphql';
import { createYoga, type FetchAPI, type Plugin } from 'graphql-yoga';
import type { Log } from '../log.ts';
import type { GraphqlContext } from './context.ts';
import { useTokenEnds } from './ends-with-token.ts';
import { createLimitErrors, type OperationParams } from './operation-limits.ts';
import { parseDocument } from './parse-document.ts';
import { createParsedDocuments } from './parsed-documents.ts';
import { presentError, withExtensions } from './present-error.ts';
import { schema } from './schema.ts';

/** What a transport hands over with each operation. Limits depend on `params`, so WebSocket gives them as HTTP does. */
export type OperationContext = GraphqlContext & { readonly params?: OperationParams };

/** `spec`: whoever asks for application/json gets 200, as GraphQL over HTTP has it (section 6.4.1); see `isToldIn200`. */
const COULD_NOT_RUN = { code: 'BAD_USER_INPUT', http: { status: 400, spec: true } };

/** A stranger's document of 20 KB can hold a thousand mistakes, and each costs more than the rest of its answer. */
const MAX_ERRORS = 20;

function refused(error: GraphQLError): GraphQLError {
  return withExtensions(error, { ...COULD_NOT_RUN });
}

/** graphql's own rules run once per parsed document; the limits each time, where they depend on the variables. */
function useLimits(): Plugin<OperationContext> {
  const judged = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const limitErrors = createLimitErrors(schema);
  return {
    onParse({ setParseFn }) {
      setParseFn(parseDocument);
    },
    onValidate({ context, setValidationFn }) {
      setValidationFn((currentSchema, document, rules) => {
        const errors = judged.get(document) ?? validate(currentSchema, document, rules, { maxErrors: MAX_ERRORS });
        judged.set(document, errors);
        if (errors.length > 0) return errors.map(refused);
        return limitErrors(document, context.params ?? {}).map(refused);
      });
    },
  };
}

function isStream<T extends object>(result: T): result is Extract<T, AsyncIterable<unknown>> {
  return Symbol.asyncIterator in result;
}

/** EventSource and the client of graphql-sse accept a stream and nothing else; it is one only for them. */
const ONLY_A_STREAM = /^\s*text\/event-stream\s*(;[^,]*)?$/i;

/** Whether an operation that could not run is told in an answer with 200. */
function isToldIn200(accept: string): boolean {
  // A browser gives up on an event stream with another status and shows its page nothing of the reason, so the
  // protocol of graphql-sse wants the errors as an event. `*/*` is no wish for application/json.
  return ONLY_A_STREAM.test(accept) || accept.includes('application/json');
}

/** In place of Yoga's own stream: the transport writes the results, see `Handover`. */
const writtenByTransport = (_results: unknown, { Response }: FetchAPI) => new Response(null);

/** Only what points into the document: a request that is none has no place in it, what ran into trouble has a path. */
function couldNotRun({ path, nodes, extensions }: GraphQLError): void {
  if (nodes !== undefined && path === undefined) extensions.http = COULD_NOT_RUN.http;
}

/** Corrects what Yoga does with a result that does not fit the request's `Accept`. */
function useAccept(): Plugin<object, OperationContext> {
  return {
    async onResultProcess({ request, result, resultProcessor, setResultProcessor, serverContext }) {
      if (isStream(result)) {
        const begun = serverContext.handover?.begun === true;
        // Nobody will read it. Yoga answers 406 and forgets it, and the session would be watched for ever.
        if (begun || resultProcessor === undefined) await result[Symbol.asyncIterator]().return?.();
        if (begun) setResultProcessor(writtenByTransport, 'text/event-stream');
        return;
      }
      if (Array.isArray(result)) return;
      // Variables that do not fit are found by graphql itself where the limits had no need of them.
      if (result.data === undefined) result.errors?.forEach(couldNotRun);
      if (isToldIn200(request.headers.get('accept') ?? '')) return;
      for (const { extensions } of result.errors ?? []) {
        const http = extensions.http as { status: number; spec?: boolean } | undefined;
        if (http?.spec) extensions.http = { status: http.status };
      }
    },
  };
}

/** Reads, validates, limits and runs operations, whichever transport brings them. */
export function createYogaServer(log: Log) {
  return createYoga<OperationContext>({
    schema,
    plugins: [useLimits(), useAccept(), useTokenEnds(log)],
    maskedErrors: { maskError: (error) => presentError(error, log) },
    // A refused document is not kept: its text may be as long as a body.
    parserAndValidationCache: {
      documentCache: createParsedDocuments(),
      errorCache: { get: () => undefined, set: () => {} },
      validationCache: false,
    },
    // What stands in front of it does these: the framework, and the playground of our own.
    ...{
      logging: false,
      cors: false,
      graphiql: false,
      landingPage: false,
      multipart: false,
      maxRequestBodySize: false,
    },
  });
}

export type GraphqlServer = ReturnType<typeof createYogaServer>;
