import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { signedIn } from '../auth/caller.ts';
import { jsonObject } from '../http/json-body.ts';
import { instant, type Operation, sessionName } from '../http/operation.ts';
import { PRIVATE_CACHE } from '../http/private-cache.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ttlFromSeconds } from '../sessions/time-to-live.ts';
import type { SessionHead } from '../storage/session-store.ts';
import {
  conditionOf,
  expiresAt,
  sendEtag,
  sendSession,
  showSession,
  showVisibility,
  template,
  visibility,
  visibilityOf,
} from './session-body.ts';
import { updateRoutes } from './update-routes.ts';

const createBody = z.object({
  session_id: sessionName,
  template,
  args: jsonObject.default({}),
  ttl_seconds: z.number().nullish().meta({ description: '1 s to 10 years. Absent: it does not expire.' }),
  visibility: visibility.meta({
    description: 'Who sees the picture. Absent: as it stands, of a new session everybody.',
  }),
  expire_seconds: z.number().nullish().meta({ description: 'The same, under an older name.', deprecated: true }),
});

const tag = 'Own sessions';
const token = 'required';

const createdBody = z.object({
  ...{ user_id: z.string(), session_id: sessionName, expires_at: instant.nullable(), visibility },
});
const replace: Operation = {
  ...{ tag, token },
  summary: 'Make a session, or replace one; its viewers stay',
  condition: 'If-Match',
  answers: { 201: { description: 'Made.', body: createdBody, etag: true } },
  refusals: [404, 429],
};

const itemBody = z.object({
  session_id: sessionName,
  version: z.int().min(1),
  created_at: instant,
  updated_at: instant,
  expires_at: instant.nullable(),
  visibility,
});
const list: Operation = {
  ...{ tag, token },
  summary: 'List all sessions, newest change first',
  answers: { 200: { description: 'All of them.', body: z.object({ items: z.array(itemBody) }) } },
};

const show: Operation = { ...{ tag, token }, ...showSession };

const remove: Operation = {
  ...{ tag, token },
  summary: 'Delete a session; its viewers are ended',
  condition: 'If-Match',
  answers: { 204: { description: 'Deleted.' } },
  refusals: [404],
};

const PAGE = 200;

interface UserParams {
  readonly user: string;
}

interface Params extends UserParams {
  readonly name: string;
}

const ownerOf = ({ user }: UserParams) => parseName(user, 'user id');
const idOf = (params: Params) => ({ owner: ownerOf(params), name: parseName(params.name, 'session name') });

function item(head: SessionHead): z.infer<typeof itemBody> {
  return {
    session_id: head.id.name,
    version: head.version,
    created_at: new Date(head.createdAt).toISOString(),
    updated_at: new Date(head.updatedAt).toISOString(),
    expires_at: expiresAt(head),
    ...showVisibility(head),
  };
}

/** `/api/user/{user}`: the caller's own sessions. */
export function userSessionRoutes(sessions: Sessions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.addHook('onRequest', async (request) => {
      signedIn(request.caller);
    });

    fastify.post<{ Params: UserParams; Body: z.infer<typeof createBody> }>(
      '/session',
      { schema: { body: createBody }, config: { operation: replace } },
      async (request, reply) => {
        const { session_id, template, args, ttl_seconds, expire_seconds, ...settings } = request.body;
        const seconds = ttl_seconds ?? expire_seconds ?? null;
        const ttl = seconds === null ? {} : { ttlMs: ttlFromSeconds(seconds) };
        const id = idOf({ ...request.params, name: session_id });
        const wanted = { template, args, ...ttl, ...visibilityOf(settings.visibility), ...conditionOf(request) };
        // Who names what must stand wants nothing made where nothing stands.
        const session = await (request.headers['if-match'] === undefined
          ? sessions.replace(request.caller, id, wanted)
          : sessions.update(request.caller, id, { ttlMs: null, ...wanted }));
        sendEtag(reply, session);
        const created = { user_id: id.owner, session_id: session.id.name, expires_at: expiresAt(session) };
        return reply.code(201).send({ ...created, ...showVisibility(session) });
      },
    );

    for (const url of ['/session', '/sessions']) {
      fastify.get<{ Params: UserParams }>(url, { config: { operation: list } }, async (request, reply) => {
        const owner = ownerOf(request.params);
        const items = [];
        let after: string | undefined;
        for (;;) {
          const page = await sessions.list(request.caller, owner, {
            first: PAGE,
            ...(after === undefined ? {} : { after }),
          });
          items.push(...page.entries.map(({ head }) => item(head)));
          if (page.entries.some(({ head }) => head.visibility === 'private'))
            reply.header('cache-control', PRIVATE_CACHE);
          if (!page.hasNextPage) return { items };
          after = page.entries.at(-1)?.cursor;
        }
      });
    }

    fastify.get<{ Params: Params }>('/session/:name', { config: { operation: show } }, async (request, reply) => {
      const session = await sessions.source(request.caller, idOf(request.params));
      return sendSession(request, reply, session);
    });

    updateRoutes(fastify, '/session/:name', {
      ...{ sessions, idOf },
      operation: { ...{ tag, token }, answers: { 204: { description: 'Changed.', etag: true } }, refusals: [429] },
      answer: (reply) => reply.code(204).send(),
    });

    fastify.delete<{ Params: Params }>('/session/:name', { config: { operation: remove } }, async (request, reply) => {
      await sessions.delete(request.caller, idOf(request.params), conditionOf(request).onlyIf ?? null);
      return reply.code(204).send();
    });
  };
}
