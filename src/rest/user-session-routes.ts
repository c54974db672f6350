import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { signedIn, signedInAs } from '../auth/caller.ts';
import { jsonObject } from '../http/json-body.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ttlFromSeconds } from '../sessions/time-to-live.ts';
import type { SessionHead } from '../storage/session-store.ts';
import { expiresAt, sendEtag, sessionBody } from './session-body.ts';
import { updateRoutes } from './update-routes.ts';

const createBody = z.object({
  session_id: z.string(),
  template: z.string(),
  args: jsonObject.default({}),
  ttl_seconds: z.number().nullish(),
  expire_seconds: z.number().nullish(),
});

const PAGE = 200;

interface UserParams {
  readonly user: string;
}

interface Params extends UserParams {
  readonly name: string;
}

const ownerOf = ({ user }: UserParams) => parseName(user, 'user id');
const idOf = (params: Params) => ({ owner: ownerOf(params), name: parseName(params.name, 'session name') });

function item(head: SessionHead) {
  return {
    session_id: head.id.name,
    version: head.version,
    created_at: new Date(head.createdAt).toISOString(),
    updated_at: new Date(head.updatedAt).toISOString(),
    expires_at: expiresAt(head),
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
      { schema: { body: createBody } },
      async (request, reply) => {
        const { session_id, template, args, ttl_seconds, expire_seconds } = request.body;
        const seconds = ttl_seconds ?? expire_seconds ?? null;
        const ttl = seconds === null ? {} : { ttlMs: ttlFromSeconds(seconds) };
        const id = idOf({ ...request.params, name: session_id });
        const session = await sessions.replace(request.caller, id, { template, args, ...ttl });
        sendEtag(reply, session);
        return reply.code(201).send({ user_id: id.owner, session_id: session.id.name, expires_at: expiresAt(session) });
      },
    );

    for (const url of ['/session', '/sessions']) {
      fastify.get<{ Params: UserParams }>(url, async (request) => {
        signedInAs(request.caller, ownerOf(request.params));
        const items = [];
        let after: string | undefined;
        for (;;) {
          const page = await sessions.list(request.caller, { first: PAGE, ...(after === undefined ? {} : { after }) });
          items.push(...page.entries.map(({ head }) => item(head)));
          if (!page.hasNextPage) return { items };
          after = page.entries.at(-1)?.cursor;
        }
      });
    }

    fastify.get<{ Params: Params }>('/session/:name', async (request, reply) => {
      const session = await sessions.source(request.caller, idOf(request.params));
      sendEtag(reply, session);
      return sessionBody(session);
    });

    updateRoutes(fastify, '/session/:name', sessions, idOf, (reply) => reply.code(204).send());

    fastify.delete<{ Params: Params }>('/session/:name', async (request, reply) => {
      await sessions.delete(request.caller, idOf(request.params));
      return reply.code(204).send();
    });
  };
}
