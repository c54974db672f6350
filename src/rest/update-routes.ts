import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StoredSession } from '../storage/session-store.ts';
import { type ArgsBody, argsBody, ifMatch, sendEtag } from './session-body.ts';

/** PUT replaces the args, PATCH merges them (RFC 7396). */
const FIELDS = { PUT: 'args', PATCH: 'patch' } as const;

export function updateRoutes<Params>(
  fastify: FastifyInstance,
  url: string,
  sessions: Sessions,
  idOf: (params: Params) => SessionId,
  answer: (reply: FastifyReply, session: StoredSession) => unknown,
): void {
  for (const method of ['PUT', 'PATCH'] as const) {
    fastify.route<{ Params: Params; Body: ArgsBody }>({
      method,
      url,
      schema: { body: argsBody },
      handler: async (request, reply) => {
        const change = { [FIELDS[method]]: request.body.args, ...ifMatch(request) };
        const session = await sessions.update(request.caller, idOf(request.params as Params), change);
        sendEtag(reply, session);
        return answer(reply, session);
      },
    });
  }
}
