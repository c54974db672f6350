import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { jsonObject } from '../http/json-body.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ttlFromText } from '../sessions/time-to-live.ts';
import { expiresAt, sendEtag, sessionBody } from './session-body.ts';
import { updateRoutes } from './update-routes.ts';

const createBody = z.object({
  session_id: z.string(),
  template: z.string(),
  args: jsonObject.default({}),
  expire: z.string().default('1d'),
});

interface Params {
  readonly name: string;
}

const idOf = ({ name }: Params) => ({ owner: null, name: parseName(name, 'session name') });

/** `/api/session`: sessions that nobody owns. */
export function publicSessionRoutes(sessions: Sessions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.post<{ Body: z.infer<typeof createBody> }>(
      '/',
      { schema: { body: createBody } },
      async (request, reply) => {
        const { session_id, template, args, expire } = request.body;
        const ttlMs = ttlFromText(expire);
        const session = await sessions.create(request.caller, {
          public: true,
          name: session_id,
          template,
          args,
          ttlMs,
        });
        sendEtag(reply, session);
        return reply.code(201).send({ session_id: session.id.name, expires_at: expiresAt(session) });
      },
    );

    fastify.get<{ Params: Params }>('/:name', async (request, reply) => {
      const session = await sessions.source(request.caller, idOf(request.params));
      sendEtag(reply, session);
      return sessionBody(session);
    });

    updateRoutes(fastify, '/:name', sessions, idOf, (_reply, { id }) => ({ session_id: id.name }));
  };
}
