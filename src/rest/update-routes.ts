import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Operation } from '../http/operation.ts';
import type { SessionId } from '../sessions/session-id.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { StoredSession } from '../storage/session-store.ts';
import { type ArgsBody, argsBody, conditionOf, sendEtag } from './session-body.ts';

/** PUT replaces the args, PATCH merges them (RFC 7396). */
const FIELDS = { PUT: 'args', PATCH: 'patch' } as const;
const SUMMARIES = { PUT: 'Replace all args', PATCH: 'Merge into the args (RFC 7396)' } as const;

interface Updates<Params> {
  readonly sessions: Sessions;
  readonly idOf: (params: Params) => SessionId;
  readonly operation: Pick<Operation, 'tag' | 'token' | 'answers' | 'refusals'>;
  readonly answer: (reply: FastifyReply, session: StoredSession) => unknown;
}

export function updateRoutes<Params>(
  fastify: FastifyInstance,
  url: string,
  { sessions, idOf, operation, answer }: Updates<Params>,
): void {
  for (const method of ['PUT', 'PATCH'] as const) {
    fastify.route<{ Params: Params; Body: ArgsBody }>({
      method,
      url,
      schema: { body: argsBody },
      config: {
        operation: {
          ...operation,
          summary: SUMMARIES[method],
          condition: 'If-Match',
          refusals: [403, 404, ...(operation.refusals ?? [])],
        },
      },
      handler: async (request, reply) => {
        const change = { [FIELDS[method]]: request.body.args, ...conditionOf(request) };
        const session = await sessions.update(request.caller, idOf(request.params as Params), change);
        sendEtag(reply, session);
        return answer(reply, session);
      },
    });
  }
}
