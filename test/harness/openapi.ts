import { type ZodType, z } from 'zod';

// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes; a wrong one fails where it is read.
type Json = any;

export interface SeenAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** Every `$ref` replaced by what it points at. */
function resolved(node: Json, document: Json): Json {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => resolved(part, document));
  if (typeof node.$ref === 'string') {
    const target = (node.$ref as string)
      .replace(/^#\//, '')
      .split('/')
      .reduce((at, key) => at?.[key], document);
    if (target === undefined) throw new Error(`${node.$ref} points at nothing`);
    return resolved(target, document);
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolved(value, document)]));
}

/** What programs ask for, where every answer must be documented. Pages and GraphQL are not. */
const PROGRAMS = /^\/(?:api|auth|stream|sse|snapshot|\.well-known|health|ready|openapi\.json|docs)(?:\/|$)/;

/** Compares answers with the OpenAPI document: status, content type, shape of the body. */
export function createAnswerCheck(raw: Json) {
  const document = resolved(raw, raw);
  const refusal = { content: { 'application/json': { schema: document.components.schemas.Refusal } } };
  const paths = Object.entries(document.paths as Json).map(([path, item]) => {
    return { pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]*')}$`), item: item as Json };
  });
  const schemas = new Map<object, ZodType>();

  function checkBody(what: string, response: Json, { type, text }: SeenAnswer) {
    const types = Object.keys(response.content ?? {});
    if (types.length === 0 && text === '') return;
    const found = types.find((one) => one === type?.split(';', 1)[0]);
    if (found === undefined) throw new Error(`${what} has the type ${type}, documented: ${types.join(', ') || 'none'}`);
    const { schema } = response.content[found];
    const shape = schemas.get(schema) ?? z.fromJSONSchema(schema);
    schemas.set(schema, shape);
    const parsed = shape.safeParse(found === 'application/json' ? JSON.parse(text) : text);
    if (!parsed.success) throw new Error(`${what}: ${text.slice(0, 500)}\n${z.prettifyError(parsed.error)}`);
  }

  return (method: string, url: string, answer: SeenAnswer): void => {
    const path = url.split('?', 1)[0] ?? '';
    if (!PROGRAMS.test(path) || method === 'OPTIONS') return;
    const what = `${method} ${path}: ${answer.status}`;
    // Names stand before parameters, as in the router.
    const item = paths.find(({ pattern }) => pattern.test(path))?.item;
    const operation = item?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
    const elsewhere = item === undefined ? 404 : 405;
    const response =
      operation === undefined ? answer.status === elsewhere && refusal : operation.responses[answer.status];
    if (!response) throw new Error(`${what} is not documented`);
    if (method !== 'HEAD') checkBody(what, response, answer);
  };
}
