import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('BAD_USER_INPUT', `The ${what} is no JSON: ${(error as Error).message}.`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body of a POST. Further rules are Yoga's. @throws Refusal BAD_USER_INPUT */
export function parseBody(text: string): object {
  const body = parseJson(text, 'body');
  // An empty object too: Yoga would take the request for unread and wait for a body that is gone.
  if (isObject(body) && Object.keys(body).length > 0) return body;
  throw new Refusal('BAD_USER_INPUT', 'The body is one JSON object such as {"query": "{ me { id } }"}.');
}

/** What Yoga would trip over, rather than refuse, while it reads a request. @throws Refusal BAD_USER_INPUT */
export function checkQuery({ headers, query, method, body }: FastifyRequest): void {
  if (!URL.canParse(`http://${headers.host ?? 'localhost'}`)) {
    throw new Refusal('BAD_USER_INPUT', 'The Host header is no host.');
  }
  if (method === 'POST' && body === undefined) {
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the operation as JSON, with "Content-Type: application/json".');
  }
  for (const name of ['variables', 'extensions'] as const) {
    const text = (query as Readonly<Record<string, unknown>>)[name];
    if (typeof text === 'string' && text !== '') parseJson(text, `query parameter "${name}"`);
  }
}

/** The parameters of a GET that `checkQuery` let through, as in the body of a POST. */
export function queryParams({ query }: FastifyRequest): object {
  const params = query as Readonly<Record<string, unknown>>;
  const { variables } = params;
  return typeof variables === 'string'
    ? { ...params, variables: variables === '' ? null : JSON.parse(variables) }
    : params;
}
