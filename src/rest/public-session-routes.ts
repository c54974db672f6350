import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { jsonObject } from '../http/json-body.ts';
import { instant, type Operation, sessionName } from '../http/operation.ts';
import { parseName } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { ttlFromText } from '../sessions/time-to-live.ts';
import { expiresAt, sendEtag, sendSession, showSession, template } from './session-body.ts';
import { updateRoutes } from './update-routes.ts';

const createBody = z.object({
  session_id: sessionName,
  template,
  args: jsonObject.default({}),
  expire: z
    .string()
    .default('1d')
    .meta({ description: 'Time to live, a sum like `1d 12h` or `90s`: 1 s to 10 years.' }),
  visibility: z.literal('PUBLIC').optional().meta({ description: 'It belongs to nobody who could keep it private.' }),
});

const tag = 'Public sessions';

const create: Operation = {
  tag,
  summary: 'Make a session',
  token: 'optional',
  answers: {
    201: { description: 'Made.', body: z.object({ session_id: sessionName, expires_at: instant }), etag: true },
  },
  refusals: [403, 409, 429],
};

const show: Operation = { tag, token: 'optional', ...showSession };

const updated = { description: 'Changed.', body: z.object({ session_id: sessionName }), etag: true } as const;

interface Params {
  readonly name: string;
}

const idOf = ({ name }: Params) => ({ owner: null, name: parseName(name, 'session name') });

/** `/api/session`: sessions that nobody owns. */
export function publicSessionRoutes(sessions: Sessions): FastifyPluginAsync {
  return async (fastify) => {
    fastify.post<{ Body: z.infer<typeof createBody> }>(
      '/',
      { schema: { body: createBody }, config: { operation: create } },
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

    fastify.get<{ Params: Params }>('/:name', { config: { operation: show } }, async (request, reply) => {
      const session = await sessions.source(request.caller, idOf(request.params));
      return sendSession(request, reply, session);
    });

    updateRoutes(fastify, '/:name', {
      ...{ sessions, idOf },
      operation: { tag, token: 'optional', answers: { 200: updated } },
      answer: (_reply, { id }) => ({ session_id: id.name }),
    });
  };
}
