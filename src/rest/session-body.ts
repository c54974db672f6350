import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { frameEtag } from '../frames/frame.ts';
import { etagHeader, namesEtag } from '../http/etag.ts';
import { jsonObject } from '../http/json-body.ts';
import type { JsonObject } from '../json.ts';
import type { SessionChange } from '../sessions/session-change.ts';
import type { SessionHead, StoredSession } from '../storage/session-store.ts';

export const argsBody = z.object({ args: jsonObject });
export type ArgsBody = z.infer<typeof argsBody>;

/** What GET shows of a session. */
export function sessionBody({ id, template, args }: StoredSession) {
  return { session_id: id.name, template, args: JSON.parse(args) as JsonObject };
}

/** RFC 3339 in UTC; null: never. */
export function expiresAt({ expiresAt: at }: SessionHead): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function sendEtag(reply: FastifyReply, session: SessionHead): void {
  reply.header('etag', etagHeader(frameEtag(session)));
}

/** The condition that an `If-Match` header puts on a write, if there is one. */
export function ifMatch(request: FastifyRequest): Pick<SessionChange, 'onlyIf'> {
  const header = request.headers['if-match'];
  return header === undefined ? {} : { onlyIf: (standing) => namesEtag(header, frameEtag(standing)) };
}
