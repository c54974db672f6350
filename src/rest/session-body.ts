import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { frameEtag } from '../frames/frame.ts';
import { etagHeader, matchesEtag, namesEtag } from '../http/etag.ts';
import { jsonObject } from '../http/json-body.ts';
import { type Operation, sessionName } from '../http/operation.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import type { JsonObject } from '../json.ts';
import type { SessionChange } from '../sessions/session-change.ts';
import type { Visibility } from '../storage/session-access.ts';
import type { SessionHead, StoredSession } from '../storage/session-store.ts';

export const argsBody = z.object({
  args: jsonObject,
  // What is ignored here would be believed to be private.
  visibility: z
    .custom<undefined>((value) => value === undefined, 'is changed by POST, with the template, or in GraphQL')
    .optional()
    .meta({ not: {} }),
});
export type ArgsBody = z.infer<typeof argsBody>;

export const template = z.string().meta({
  description: 'An SVG template in the language of nunjucks.',
  examples: ['<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><text y="20">{{ n }}</text></svg>'],
});

/** Of an owned session. In answers it stands only where it is `PRIVATE`. */
export const visibility = z.enum(['PUBLIC', 'PRIVATE']).optional().meta({
  description: 'Who sees the picture: everybody, or the owner and who has a view link. Absent: everybody.',
});

const VISIBILITIES = { PUBLIC: 'public', PRIVATE: 'private' } as const;

export function visibilityOf(value: z.infer<typeof visibility>): { readonly visibility?: Visibility } {
  return value === undefined ? {} : { visibility: VISIBILITIES[value] };
}

/** Nothing of a public one, as it was before there were others. */
export function showVisibility({ visibility }: SessionHead): { visibility?: 'PRIVATE' } {
  return visibility === 'private' ? { visibility: 'PRIVATE' } : {};
}

const shownSession = z.object({ session_id: sessionName, template, args: jsonObject, visibility });

/** GET of one session, beside its tag and token. */
export const showSession = {
  summary: 'Read a session',
  condition: 'If-None-Match',
  answers: {
    200: { description: 'Its template and args.', body: shownSession, etag: true },
    304: { description: 'You have it.', etag: true },
  },
  refusals: [404],
} as const satisfies Partial<Operation>;

/** Answers GET of one session: what it holds, or 304 to those who have that (RFC 9110, section 13.1.2). */
export function sendSession(request: FastifyRequest, reply: FastifyReply, session: StoredSession) {
  sendEtag(reply, session);
  const known = request.headers['if-none-match'];
  if (known !== undefined && namesEtag(known, frameEtag(session))) return reply.code(304).send();
  const { id, template, args } = session;
  const shown = { session_id: id.name, template, args: JSON.parse(args) as JsonObject };
  return reply.send({ ...shown, ...showVisibility(session) });
}

/** RFC 3339 in UTC; null: never. */
export function expiresAt({ expiresAt: at }: SessionHead): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** And of a private session how it may be kept. */
export function sendEtag(reply: FastifyReply, session: SessionHead): void {
  reply.header('etag', etagHeader(frameEtag(session)));
  if (session.visibility === 'private') reply.header('cache-control', PRIVATE_CACHE);
}

/**
 * The condition that `If-Match` and `If-None-Match` put on a write, if either is there (RFC 9110, section 13.1);
 * `If-None-Match: *` holds for no session that stands.
 */
export function conditionOf({ headers }: FastifyRequest): Pick<SessionChange, 'onlyIf'> {
  const { 'if-match': wanted, 'if-none-match': unwanted } = headers;
  if (wanted === undefined && unwanted === undefined) return {};
  return {
    onlyIf(standing) {
      const etag = frameEtag(standing);
      if (unwanted !== undefined && namesEtag(unwanted, etag)) return false;
      return wanted === undefined || matchesEtag(wanted, etag);
    },
  };
}
