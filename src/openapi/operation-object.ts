import type { ZodType } from 'zod';
import type { Answer, Operation } from '../http/operation.ts';
import { type JsonSchema, jsonSchema } from './json-schema.ts';
import { refusalStatuses } from './refusals.ts';

const JSON_TYPE = 'application/json';

const SECURITY = { optional: [{}, { bearer: [] }], required: [{ bearer: [] }] } as const;

const PARAMETERS = new Map([
  ['name', { description: "The session's name, percent-encoded.", example: 'kitchen' }],
  ['owner', { description: "The owner's user id, percent-encoded.", example: 'alice' }],
  ['user', { description: 'Your own user id, percent-encoded.', example: 'alice' }],
]);

const CONDITIONS = {
  'If-Match': 'Write or delete only if the session still has this `ETag`.',
  'If-None-Match': 'The `ETag` you have; 304 if it is still the current one.',
  'Last-Event-ID':
    'The `id` of the last event you have; that frame is not sent again. `EventSource` sends it by itself.',
} as const;

export interface DocumentedRoute {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly operation: Operation;
  readonly query: ZodType | null;
  readonly body: ZodType | null;
}

function queryParameters(query: ZodType) {
  const { properties = {}, required = [] } = jsonSchema(query);
  return Object.entries(properties as Record<string, JsonSchema>).map(([name, { description, ...schema }]) => {
    return { name, in: 'query', required: (required as string[]).includes(name), description, schema };
  });
}

function parametersOf({ path, operation, query }: DocumentedRoute) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const { condition } = operation;
  return [
    ...names.map((name) => {
      return { name, in: 'path', required: true, schema: { type: 'string' }, ...PARAMETERS.get(name) };
    }),
    ...(query === null ? [] : queryParameters(query)),
    ...(condition === undefined
      ? []
      : [
          {
            ...{ name: condition, in: 'header', required: false, description: CONDITIONS[condition] },
            schema: { type: 'string' },
          },
        ]),
  ];
}

function answerObject({ description, type = JSON_TYPE, body, etag }: Answer) {
  return {
    description,
    ...(etag === undefined ? {} : { headers: { ETag: { $ref: '#/components/headers/ETag' } } }),
    ...(body === undefined ? {} : { content: { [type]: { schema: jsonSchema(body) } } }),
  };
}

function responsesOf({ path, operation, query, body }: DocumentedRoute) {
  const has = { parameters: path.includes('{'), query: query !== null, body: body !== null };
  // Where a status is both, as the 503 of `/ready`, the route's own words are the narrower ones.
  const refused = refusalStatuses(operation, has).map((status) => {
    return [status, { $ref: `#/components/responses/Refusal${status}` }];
  });
  const answered = Object.entries(operation.answers).map(([status, answer]) => [status, answerObject(answer)]);
  return Object.fromEntries([...refused, ...answered]);
}

/** An Operation Object (OpenAPI 3.1, section 4.8.10). */
export function operationObject(route: DocumentedRoute) {
  const { method, path, operation, body } = route;
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '');
  const parameters = parametersOf(route);
  return {
    operationId: method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    summary: operation.summary,
    tags: [operation.tag],
    security: operation.token === undefined ? [] : SECURITY[operation.token],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: operation.body !== 'optional',
            content: { [JSON_TYPE]: { schema: jsonSchema(body) } },
          },
        }),
    responses: responsesOf(route),
  };
}
