import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify';
import { type ZodType, z } from 'zod';
import { Refusal } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { refusalWithStatus } from './refusal-with-status.ts';

/** Any JSON object, taken as it is: a schema that copied it would treat the key `__proto__` as more than data. */
export const jsonObject = z
  .custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be a JSON object',
  )
  .meta({ type: 'object', additionalProperties: true, examples: [{ n: 1 }] });

/** What is wrong, behind the name of the value. */
function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined') ? 'is missing' : `must be of the type ${issue.expected}`;
  }
  if (issue.code === 'invalid_value') return `must be ${issue.values.join(' or ')}`;
  if (issue.code === 'too_small') return `must be ${issue.minimum} or more`;
  if (issue.code === 'too_big') return `must be ${issue.maximum} or less`;
  return issue.message;
}

/** Lets routes name zod schemas. A well-formed value of the wrong shape is 422 in a body, 400 elsewhere. */
export const zodShapes: FastifySchemaCompiler<ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const problems = parsed.error.issues.map((issue) => {
      const { path } = issue;
      return path.length === 0 ? sentence(issue) : `"${path.join('.')}" ${sentence(issue)}`;
    });
    return { error: refusalWithStatus(problems.join('; '), httpPart === 'body' ? 422 : 400) };
  };

/** JSON travels as UTF-8 (RFC 8259, section 8.1). Decoding it forgivingly would store what nobody sent. @throws Refusal */
export function decodeBody(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  throw refusalWithStatus('The body is not JSON: it is not UTF-8.', 400);
}

/**
 * A body in another coding or character set would be called broken JSON, or be stored as what nobody sent.
 *
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE
 */
function refuseEncodedBody({ headers, is404 }: FastifyRequest, reply: FastifyReply): void {
  const { 'content-type': type, 'content-encoding': codings = 'identity' } = headers;
  // Without a type there is no body that anybody reads.
  if (type === undefined || is404) return;
  if (!codings.split(',').every((coding) => /^(?:identity)?$/i.test(coding.trim()))) {
    // RFC 9110, section 15.5.16: which codings would have been taken.
    reply.header('accept-encoding', 'identity');
    const message = `The body has the Content-Encoding ${codings}; send it as it is, without that header.`;
    throw new Refusal('UNSUPPORTED_MEDIA_TYPE', message);
  }
  const [, charset = 'utf-8'] = /^application\/json\s*;.*?\bcharset\s*=\s*"?([^";\s]*)/i.exec(type) ?? [];
  if (/^utf-?8$/i.test(charset)) return;
  const message = `The body has the charset ${charset}; send UTF-8, with "Content-Type: application/json".`;
  throw new Refusal('UNSUPPORTED_MEDIA_TYPE', message);
}

function requireBody(request: FastifyRequest): void {
  // The framework would validate null instead, which is a well-formed body of the wrong shape.
  const { schema, config } = request.routeOptions;
  if (schema?.body === undefined || request.body !== undefined) return;
  if (config.operation?.body !== 'optional') throw refusalWithStatus('The body is empty; send JSON.', 400);
  request.body = {};
}

/** Reads `application/json` and nothing else; an empty body is no body, as clients send it with DELETE. */
export function acceptOnlyJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    refuseEncodedBody(request, reply);
    done(null, payload);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    requireBody(request);
    done();
  });
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) => {
    if (bytes.length === 0) return undefined;
    const text = decodeBody(bytes);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw refusalWithStatus(`The body is not JSON: ${(error as Error).message}.`, 400);
    }
  });
}
