import { type ZodType, z } from 'zod';
import { ERROR_CODES } from '../errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What `openapi.json` says of the route, beside the schemas of its body and query. Absent: the route is not in it. */
    operation?: Operation;
  }
}

export interface Answer {
  readonly description: string;
  /** A media type. Default: `application/json` */
  readonly type?: string;
  /** Absent: the answer has no body. */
  readonly body?: ZodType;
  /** It carries an `ETag`. */
  readonly etag?: true;
}

export interface Operation {
  readonly tag: 'Sign-in' | 'Public sessions' | 'Own sessions' | 'Pictures' | 'Service';
  readonly summary: string;
  /** `optional`: one that is sent must be valid. Absent: none is looked at. */
  readonly token?: 'optional' | 'required';
  /** Absent: the body that the route's schema describes must be there. */
  readonly body?: 'optional';
  /** The header that it honours of a condition (RFC 9110, section 13.1), or of a stream that goes on (WHATWG HTML, 9.2). */
  readonly condition?: 'If-Match' | 'If-None-Match' | 'Last-Event-ID';
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of refusals that do not follow from the rest: from parameters, query, body, token and condition. */
  readonly refusals?: readonly number[];
}

/** The body of every refusal. Some codes carry more beside these two. */
export const refusalSchema = z.looseObject({
  error: z.string().meta({ description: 'What is wrong and what to do, for people.' }),
  code: z.enum(ERROR_CODES).meta({ description: 'For programs.' }),
});

export const sessionName = z.string().meta({
  description: '1–128 characters after trimming, neither control characters nor `/`, not `.` or `..`.',
  examples: ['kitchen'],
});

/** RFC 3339 in UTC. */
export const instant = z.iso.datetime();
