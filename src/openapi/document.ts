import type { RouteOptions } from 'fastify';
import type { ZodType } from 'zod';
import { refusalSchema } from '../http/operation.ts';
import { jsonSchema } from './json-schema.ts';
import { type DocumentedRoute, operationObject } from './operation-object.ts';
import { refusalDescription, refusalStatuses } from './refusals.ts';

const DESCRIPTION = `Live images: an SVG template and JSON args make a picture; whoever pushes args changes it for
every viewer at once. Every refusal is \`{"error", "code"}\`. A GET can be asked as HEAD too; a method that a path does
not have is 405 with \`Allow\`.`;

const TAGS = [
  { name: 'Sign-in', description: 'Tokens, and the keys that verify them.' },
  { name: 'Public sessions', description: 'Nobody owns them: whoever knows the name may push args. They expire.' },
  { name: 'Own sessions', description: 'Only their owner writes them; their pictures are public.' },
  { name: 'Pictures', description: 'What viewers load. No token.' },
  { name: 'Service', description: 'Health, and this document.' },
];

/** The routes that declare an operation. `/x/` beside `/x` is the same route, which the router knows twice. */
function documented(routes: readonly RouteOptions[]): readonly DocumentedRoute[] {
  return routes.flatMap(({ method, url, config, schema }) => {
    const operation = config?.operation;
    if (operation === undefined || url.endsWith('/')) return [];
    const path = url.replace(/:(\w+)/g, '{$1}');
    const shape = (part: unknown) => (part === undefined ? null : (part as ZodType));
    return [method]
      .flat()
      .filter((one) => one !== 'HEAD')
      .map((one) => ({ method: one, path, operation, query: shape(schema?.querystring), body: shape(schema?.body) }));
  });
}

function pathsOf(routes: readonly DocumentedRoute[]) {
  const paths = new Map<string, Record<string, unknown>>();
  for (const route of routes) {
    const item = paths.get(route.path) ?? {};
    item[route.method.toLowerCase()] = operationObject(route);
    paths.set(route.path, item);
  }
  return Object.fromEntries(paths);
}

function refusalResponses(routes: readonly DocumentedRoute[]) {
  const every = { parameters: true, query: true, body: true };
  const statuses = new Set(routes.flatMap(({ operation }) => refusalStatuses(operation, every)));
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } };
  const named = [...statuses].map((status) => {
    const headers = status === 429 ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } } : {};
    return [`Refusal${status}`, { description: refusalDescription(status), ...headers, content }];
  });
  return Object.fromEntries(named);
}

/** The OpenAPI 3.1 document of these routes. */
export function openapiDocument(routes: readonly RouteOptions[], version: string) {
  const all = documented(routes);
  return {
    openapi: '3.1.0',
    info: { title: 'realtime-svg', version, description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: TAGS,
    paths: pathsOf(all),
    components: {
      schemas: { Refusal: jsonSchema(refusalSchema) },
      responses: refusalResponses(all),
      headers: {
        ETag: { description: 'Opaque; changes with each write.', schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } },
      },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}
